import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AudioFormat } from '../../src/domain/engine.ts';
import { createDecoderProcesses } from '../../src/media/decoder-processes.ts';
import { ffmpegs } from './ffmpegs.ts';
import { beeps, loudSpans, outputAt, wavHeader, writeSlowWav } from './samples.ts';

describe.each(ffmpegs)('%s', (_name, ffmpeg) => {
  const limits = {
    maxDurationSeconds: 600,
    maxMemoryBytes: 600_000_000,
    timeoutMs: 60_000,
    maxInputBytes: 2 ** 30,
  };
  const never = new AbortController().signal;
  const decoder = createDecoderProcesses({ poolSize: 1, ffmpeg });
  let folder = '';
  let wav = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dabir-media-'));
    wav = join(folder, 'recording.wav');
    const tones = [
      [2, 3],
      [10, 12],
      [19, 20],
    ] as const;
    await writeFile(wav, beeps(20, tones));
  });
  afterAll(async () => {
    await decoder.close();
    await rm(folder, { recursive: true });
  });

  const cut = (startSeconds: number, endSeconds: number, format: AudioFormat, signal = never) =>
    decoder.cut(wav, { startSeconds, endSeconds }, format, join(folder, `part.${format}`), signal);

  const formats: [AudioFormat, string, string, number][] = [
    ['wav', 'wav', 'pcm_s16le', 32_000],
    ['flac', 'flac', 'flac', 32_000],
    ['ogg', 'ogg', 'opus', 5_000],
    ['mp3', 'mp3', 'mp3', 9_000],
  ];

  test.each(formats)(
    'the decoder cuts a chunk as %s with its sound at its time',
    async (format, container, codec, bytesPerSecond) => {
      const bytes = await cut(9, 12.5, format);
      const part = join(folder, `part.${format}`);
      expect(bytes).toBe((await stat(part)).size);
      expect(bytes).toBeLessThan(3.5 * bytesPerSecond + 1_000);
      const output = outputAt(join(folder, 'back.wav'));
      const back = await decoder.decodeToWav(part, output, limits, never);
      expect(back).toMatchObject({
        container,
        codec,
        lostSeconds: 0,
        durationSeconds: expect.closeTo(3.5, 1),
      });
      const [tone, ...more] = loudSpans(output.loudnessPath);
      expect(more).toEqual([]);
      expect(tone?.[0]).toBeCloseTo(1, 1);
      expect(tone?.[1]).toBeCloseTo(3, 1);
    },
  );

  test('the decoder cuts WAV and FLAC to the exact sample', async () => {
    const samples = (await readFile(wav)).subarray(44 + 2 * 40_001, 44 + 2 * 50_001);
    await cut(40_001 / 16_000, 50_001 / 16_000, 'wav');
    const expected = Buffer.concat([
      wavHeader(20_000, { rate: 16_000, channels: 1, coding: 'pcm16' }),
      samples,
    ]);
    expect((await readFile(join(folder, 'part.wav'))).equals(expected)).toBe(true);
    await cut(40_001 / 16_000, 50_001 / 16_000, 'flac');
    const back = join(folder, 'back.wav');
    await decoder.decodeToWav(join(folder, 'part.flac'), outputAt(back), limits, never);
    expect((await readFile(back)).equals(expected)).toBe(true);
  });

  test('the decoder ends a range past the end at the end; refuses a range without audio and leaves nothing', async () => {
    await cut(19, 1e6, 'wav');
    expect((await stat(join(folder, 'part.wav'))).size).toBe(44 + 32_000);
    for (const format of ['wav', 'flac', 'ogg', 'mp3'] as const) {
      await rm(join(folder, `part.${format}`), { force: true });
      for (const [start, end] of [
        [5, 5],
        [7, 6],
        [20, 21],
        [Number.NaN, 5],
      ] as const) {
        await expect(cut(start, end, format)).rejects.toMatchObject({ code: 'internal' });
      }
      expect(existsSync(join(folder, `part.${format}`))).toBe(false);
    }
  });

  test.each(['wav', 'flac', 'ogg', 'mp3'] as const)(
    'the decoder stops on abort and leaves nothing (%s)',
    async (format) => {
      const long = join(folder, 'long.wav');
      writeSlowWav(long);
      const output = join(folder, `aborted.${format}`);
      const abort = new AbortController();
      const range = { startSeconds: 0, endSeconds: 20_000 };
      const reason = new Error('cancelled by the user');
      const outcome = expect(decoder.cut(long, range, format, output, abort.signal)).rejects.toBe(reason);
      await vi.waitUntil(() => existsSync(output), { timeout: 10_000, interval: 1 });
      abort.abort(reason);
      await outcome;
      expect(existsSync(output)).toBe(false);
    },
  );
});
