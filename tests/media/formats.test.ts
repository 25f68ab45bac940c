import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDecoderProcesses, type DecodeResult } from '../../src/media/decoder-processes.ts';
import { ffmpegs } from './ffmpegs.ts';
import { loudSpans, outputAt } from './samples.ts';
import { spoken, spokenFile } from './spoken.ts';

describe.each(ffmpegs)('%s', (_name, ffmpeg) => {
  const limits = {
    maxDurationSeconds: 600,
    maxMemoryBytes: 600_000_000,
    timeoutMs: 60_000,
    maxInputBytes: 2 ** 20,
  };
  const decoder = createDecoderProcesses({ poolSize: 1, ffmpeg });
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dabir-media-'));
  });
  afterAll(async () => {
    await decoder.close();
    await rm(folder, { recursive: true });
  });

  /** Decodes, and finds the first and the last sound. */
  async function hear(path: string): Promise<DecodeResult & { start: number; end: number; words: number }> {
    const output = outputAt(join(folder, 'out.wav'));
    const result = await decoder.decodeToWav(path, output, limits, new AbortController().signal);
    const spans = loudSpans(output.loudnessPath);
    return { ...result, start: spans[0]?.[0] ?? -1, end: spans.at(-1)?.[1] ?? -1, words: spans.length };
  }

  /** What whole files sound like, by name: several tests compare a damaged one with it. */
  const wholes = new Map<string, ReturnType<typeof hear>>();
  function hearWhole(name: string): ReturnType<typeof hear> {
    const heard = wholes.get(name) ?? hear(spokenFile(name));
    wholes.set(name, heard);
    return heard;
  }

  /** Writes a changed copy of the file, under a name that says nothing. */
  async function changed(name: string, change: (whole: Buffer) => Buffer): Promise<string> {
    const path = join(folder, 'changed');
    await writeFile(path, change(await readFile(spokenFile(name))));
    return path;
  }

  test.each(spoken)(
    'the decoder decodes %s (%s with %s); speech begins at %d s',
    async (name, container, codec, start) => {
      const heard = await hearWhole(name);
      expect(heard).toMatchObject({ container, codec, lostSeconds: 0 });
      expect(Math.abs(heard.start - start), 'start').toBeLessThan(0.1);
      expect(Math.abs(heard.end - start - 5.3), 'end').toBeLessThan(0.15);
      expect(
        Math.abs(heard.words - 10),
        'a pause after each number, some of them too short for a codec',
      ).toBeLessThan(3);
    },
  );

  const cutTo60Percent = (whole: Buffer) => whole.subarray(0, whole.length * 0.6);
  const withHole = (whole: Buffer) => whole.fill(0, whole.length >> 1, Math.floor(whole.length * 0.6));

  test.each([
    'speech.mp3',
    'speech.flac',
    'speech.wav',
    'speech.m4a',
    'fragmented.mp4',
    'speech.webm',
    'default-track-second.mka',
  ])('the decoder reports for %s, cut off, how much is missing', async (name) => {
    const whole = await hearWhole(name);
    const cut = await hear(await changed(name, cutTo60Percent));
    expect(cut.start).toBe(whole.start);
    expect(cut.end).toBeGreaterThan(2.5);
    expect(Math.abs(cut.durationSeconds + cut.lostSeconds - whole.durationSeconds)).toBeLessThan(0.2);
  });

  test.each([
    ...['voice-note.oga', 'vorbis.ogg', 'no-duration.webm', 'speech.wma', 'video.avi', 'speech.m2ts'],
  ])('the decoder reports for %s, cut off, that an unknown amount is missing', async (name) => {
    const cut = await hear(await changed(name, cutTo60Percent));
    expect(cut.end).toBeGreaterThan(2.5);
    expect(cut.lostSeconds).toBeGreaterThan(0);
  });

  test('the decoder refuses an MP4 whose index was at its end and is cut off', async () => {
    await expect(hear(await changed('video.mp4', cutTo60Percent))).rejects.toMatchObject({
      code: 'media_damaged',
    });
  });

  test.each([
    ...['voice-note.oga', 'vorbis.ogg', 'speech.flac', 'speech.m4a', 'speech.wma', 'speech.webm'],
    ...[
      'no-duration.webm',
      'video.mp4',
      'video.mov',
      'video.mkv',
      'late-sound.mp4',
      'speech.m2ts',
      'speech.flv',
    ],
  ])('the decoder keeps the time of the end of %s with a hole, and counts the loss', async (name) => {
    const whole = await hearWhole(name);
    const holed = await hear(await changed(name, withHole));
    expect(Math.abs(holed.end - whole.end)).toBeLessThan(0.15);
    // A tenth of the file, and what its container loses around it: a page, a cluster.
    expect(holed.lostSeconds).toBeGreaterThan(0.5);
    expect(holed.lostSeconds).toBeLessThan(2.2);
  });

  test('the decoder reports how much is missing of an MP3 with a hole, which has no times inside', async () => {
    const { lostSeconds } = await hear(await changed('speech.mp3', withHole));
    // A tenth of 6.3 s, and up to two frames of 72 ms around it.
    expect(lostSeconds).toBeGreaterThan(0.62);
    expect(lostSeconds).toBeLessThan(0.78);
  });

  test('the decoder ignores a false file name', async () => {
    const path = join(folder, 'speech.mp3');
    await copyFile(spokenFile('video.mkv'), path);
    expect(await hear(path)).toMatchObject({ container: 'matroska', words: 10 });
  });
});
