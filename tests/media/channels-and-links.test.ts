import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOggLinks } from '../../src/media/child/ogg-links.ts';
import { createDecoderProcesses } from '../../src/media/decoder-processes.ts';
import { ffmpegs } from './ffmpegs.ts';
import { loudSpans, outputAt, readWav, toneWav, wavHeader } from './samples.ts';
import { spokenFile } from './spoken.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dabir-media-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, bytes: Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** Returns a stereo WAV file; each function gives a channel's sample from -1 to 1 at a time in seconds. */
function stereoWav(
  seconds: number,
  left: (at: number) => number,
  right: (at: number) => number,
  rate = 44_100,
): Buffer {
  const data = Buffer.alloc(seconds * rate * 4);
  for (let frame = 0; frame < seconds * rate; frame++) {
    data.writeInt16LE(Math.round(12_000 * left(frame / rate)), 4 * frame);
    data.writeInt16LE(Math.round(12_000 * right(frame / rate)), 4 * frame + 2);
  }
  return Buffer.concat([wavHeader(data.length, { rate, channels: 2, coding: 'pcm16' }), data]);
}

const tone = (at: number) => Math.sin(2 * Math.PI * 440 * at);

describe.each(ffmpegs)('%s', (_name, ffmpeg) => {
  const limits = {
    maxDurationSeconds: 600,
    maxMemoryBytes: 600_000_000,
    timeoutMs: 60_000,
    maxInputBytes: 2 ** 24,
  };
  const decoder = createDecoderProcesses({ poolSize: 1, ffmpeg });
  afterAll(() => decoder.close());

  async function decode(path: string, given = limits) {
    const output = outputAt(join(folder, 'out.wav'));
    const result = await decoder.decodeToWav(path, output, given, new AbortController().signal);
    const levels = await readFile(output.loudnessPath);
    return { ...result, wav: readWav(output.wavPath), spans: loudSpans(output.loudnessPath, 0.4), levels };
  }

  test('two channels that cancel each other are heard, and the same for a part of a file', async () => {
    const opposite = await decode(
      await write(
        'opposite.wav',
        stereoWav(2, tone, (at) => -tone(at)),
      ),
    );
    expect(opposite.spans).toEqual([[0, 2]]);
    expect(Math.abs(opposite.wav.frequency - 440)).toBeLessThan(2);
    expect(opposite).toMatchObject({ durationSeconds: 2, lostSeconds: 0 });

    const half = await decode(
      await write(
        'half.wav',
        stereoWav(4, tone, (at) => (at < 2 ? tone(at) : -0.5 * tone(at))),
      ),
    );
    expect(half.spans).toEqual([[0, 4]]);
  });

  test('the louder channel is taken where the quieter one has only its reverse', async () => {
    const { levels } = await decode(
      await write(
        'louder.wav',
        stereoWav(
          2,
          (at) => 0.9 * tone(at),
          (at) => -tone(at),
        ),
      ),
    );
    // 12,000 of 32,768 is 8.7 dB below full scale, and a sine's level 3 dB below its peak.
    expect(levels[50]).toBeGreaterThanOrEqual(11);
    expect(levels[50]).toBeLessThanOrEqual(12);
  });

  test('channels with different speakers are mixed, each at half', async () => {
    const first = (at: number) => (at < 1 ? tone(at) : 0);
    const second = (at: number) => (at < 1 ? 0 : tone(at));
    const { levels } = await decode(await write('call.wav', stereoWav(2, first, second)));
    for (const step of [25, 75]) {
      expect(levels[step], `${step}`).toBeGreaterThanOrEqual(17);
      expect(levels[step], `${step}`).toBeLessThanOrEqual(18);
    }
  });

  test('a chained Ogg file is decoded to its end when its parts have different codecs', async () => {
    const [opus, vorbis] = await Promise.all(
      ['voice-note.oga', 'vorbis.ogg'].map((name) => readFile(spokenFile(name))),
    );
    for (const [name, parts] of [
      ['opus-vorbis.ogg', [opus, vorbis]],
      ['vorbis-opus-opus.ogg', [vorbis, opus, opus]],
    ] as const) {
      const alone = await Promise.all(
        parts.map(async (part, at) => write(`part-${at}.ogg`, part ?? Buffer.of())),
      );
      let seconds = 0;
      for (const path of alone) seconds += (await decode(path)).durationSeconds;
      const chained = await decode(
        await write(name, Buffer.concat(parts.map((part) => part ?? Buffer.of()))),
      );
      expect(chained.durationSeconds, name).toBeCloseTo(seconds, 2);
      expect(chained.lostSeconds, name).toBe(0);
      expect(chained.spans.at(-1)?.[1], name).toBeGreaterThan(seconds - 1);
      expect(chained.container).toBe('ogg');
    }
  });

  test('a damaged part of a chained Ogg file counts as lost with its length, and the others are decoded', async () => {
    const [opus, vorbis] = await Promise.all(
      ['voice-note.oga', 'vorbis.ogg'].map((name) => readFile(spokenFile(name))),
    );
    const damaged = Buffer.from(vorbis ?? Buffer.of());
    // The second page has the set-up of the codec, without which nothing can be decoded.
    damaged.fill(0, damaged.indexOf('OggS', 4) + 60, damaged.indexOf('OggS', 4) + 4_000);
    const path = await write(
      'damaged.ogg',
      Buffer.concat([opus ?? Buffer.of(), damaged, opus ?? Buffer.of()]),
    );
    const [{ durationSeconds: first }, chained] = [
      await decode(await write('alone.ogg', opus ?? Buffer.of())),
      await decode(path),
    ];
    expect(chained.durationSeconds).toBeCloseTo(2 * first, 1);
    expect(chained.lostSeconds).toBeGreaterThan(4);
  });

  test('the maximum length holds for a chained Ogg file as a whole', async () => {
    const [opus, vorbis] = await Promise.all(
      ['voice-note.oga', 'vorbis.ogg'].map((name) => readFile(spokenFile(name))),
    );
    const path = await write('long.ogg', Buffer.concat([opus ?? Buffer.of(), vorbis ?? Buffer.of()]));
    await expect(decode(path, { ...limits, maxDurationSeconds: 8 })).rejects.toMatchObject({
      code: 'media_too_long',
    });
  });
});

test('only an Ogg file has links, and an ordinary one has one', async () => {
  const [link] = readOggLinks(spokenFile('voice-note.oga'));
  expect(link).toMatchObject({ start: 0, seconds: expect.closeTo(6.29, 1) });
  expect(readOggLinks(spokenFile('vorbis.ogg'))).toHaveLength(1);
  expect(
    readOggLinks(await write('tone.wav', toneWav(440, 1, { rate: 8_000, channels: 1, coding: 'pcm16' }))),
  ).toEqual([]);
});
