/** What the scripts share that record the pictures of the documentation. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { seeded } from '../chaos/random.ts';
import { wavHeader } from '../media/samples.ts';
import { launchChromium } from '../support/chromium.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The two screens on which pictures of the chat are taken. */
export const screens = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 960, height: 720 } },
} as const satisfies Record<string, BrowserContextOptions>;

/** Starts the browser with an emoji font, which many servers lack: 🔒 and 🗑 are part of the buttons. */
export async function launchForPictures(): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), 'dabir-fonts-'));
  const file = join(folder, 'fonts.conf');
  await writeFile(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${root}node_modules/@expo-google-fonts/noto-emoji/400Regular</dir>
  <cachedir>${folder}</cachedir>
</fontconfig>`,
  );
  // Chromium inherits the environment; systems without fontconfig have an emoji font of their own.
  process.env['FONTCONFIG_FILE'] = file;
  return launchChromium();
}

/**
 * Writes a picture of the page as WebP, a third of the size of PNG.
 * @param name the path below docs/pictures, without an extension
 */
export async function savePicture(page: Page, name: string): Promise<void> {
  const png = (await page.screenshot()).toString('base64');
  // A page of its own, because the chat's content security policy allows no data URLs.
  const converter = await page.context().browser()?.newPage();
  if (converter === undefined) throw new Error('the page has no browser');
  // In words, because the types of this project know no browser.
  const webp = await converter.evaluate<string>(`(async () => {
    const source = await fetch('data:image/png;base64,${png}');
    const bitmap = await createImageBitmap(await source.blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d').drawImage(bitmap, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.86 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  })()`);
  await converter.close();
  await writeFile(join(root, 'docs', 'pictures', `${name}.webp`), Buffer.from(webp, 'base64'));
}

/**
 * Returns a WAV file whose waveform looks like speech: syllables with pauses between words. Nobody's voice is in it.
 * @param seed another seed gives another recording
 */
export function murmur(seconds: number, seed: number): Buffer {
  const rate = 8_000;
  const random = seeded(seed);
  const samples = Buffer.alloc(Math.round(seconds * rate) * 2);
  let at = 0;
  while (at < seconds * rate) {
    const syllables = 1 + Math.floor(random() * 4);
    for (let syllable = 0; syllable < syllables; syllable += 1) {
      const length = Math.round(rate * (0.09 + random() * 0.16));
      const loud = 3_000 + random() * 15_000;
      const pitch = 110 + random() * 60;
      for (let index = 0; index < length && at < seconds * rate; index += 1, at += 1) {
        const swell = Math.sin((Math.PI * index) / length);
        samples.writeInt16LE(
          Math.round(loud * swell * Math.sin((2 * Math.PI * pitch * index) / rate)),
          at * 2,
        );
      }
    }
    at += Math.round(rate * (0.06 + random() * 0.3));
  }
  return Buffer.concat([wavHeader(samples.length, { rate, channels: 1, coding: 'pcm16' }), samples]);
}
