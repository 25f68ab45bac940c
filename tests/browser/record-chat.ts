/**
 * `node tests/browser/record-chat.ts URL` records docs/pictures/chat.webp: the Persian sample, sent as a voice note to a
 * Dabir that was just started with a new DATA_DIR (`npm start`), and transcribed by LOCAL.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchForPictures, savePicture } from './pictures.ts';

const [url] = process.argv.slice(2);
if (url === undefined) throw new Error('Give the address of the chat page.');
const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const people = await (await fetch(new URL('/playground/people', url))).json();
const { id } = (people as { id: number }[])[0] ?? { id: 0 };
const browser = await launchForPictures();
const page = await browser.newPage({
  locale: 'fa-IR',
  colorScheme: 'light',
  reducedMotion: 'reduce',
  timezoneId: 'Asia/Tehran',
  viewport: { width: 1100, height: 740 },
});
await page.goto(`${url}/#${id}`);
await fetch(new URL(`/playground/people/${id}/files?kind=voice&duration=10`, url), {
  method: 'PUT',
  body: await readFile(at('samples/voice-note-fa.oga')),
});
const log = page.getByRole('log');
await log.getByText('PDF').last().waitFor({ timeout: 120_000 });
await page.mouse.move(30, 90);
// Waits until the buttons under the text are there.
await log.getByRole('button', { name: '⋯' }).waitFor({ timeout: 30_000 });
await page.waitForTimeout(1_000);
await savePicture(page, 'chat');
await browser.close();
