// The fault numbers in titles are those of docs/faults.md.

import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DabirError } from '../../src/domain/errors.ts';
import {
  createDecoderProcesses,
  type DecodeResult,
  decodeToWav,
  type MediaLimits,
} from '../../src/media/decoder-processes.ts';
import { ffmpegs } from './ffmpegs.ts';
import {
  amr,
  beeps,
  fixture,
  loudSpans,
  outputAt,
  readWav,
  toneWav,
  wavHeader,
  withHugeCover,
  writeSlowWav,
} from './samples.ts';

describe.each(ffmpegs)('%s', (_name, ffmpeg) => {
  const limits: MediaLimits = {
    maxDurationSeconds: 4 * 3600,
    maxMemoryBytes: 600_000_000,
    timeoutMs: 60_000,
    maxInputBytes: 20 * 1024 * 1024,
  };
  const never = new AbortController().signal;
  const decoder = createDecoderProcesses({ poolSize: 1, ffmpeg });
  let folder = '';
  let output = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dabir-media-'));
    output = join(folder, 'out.wav');
  });
  afterAll(async () => {
    await decoder.close();
    await rm(folder, { recursive: true });
  });

  function decode(input: string, changed: Partial<MediaLimits> = {}): Promise<DecodeResult> {
    return decoder.decodeToWav(input, outputAt(output), { ...limits, ...changed }, never);
  }

  async function write(name: string, content: Buffer | string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  }

  async function refusal(input: string, changed: Partial<MediaLimits> = {}): Promise<DabirError> {
    const error: DabirError = await decode(input, changed).then(
      () => expect.fail('was decoded'),
      (thrown) => thrown,
    );
    expect(error.name).toBe('DabirError');
    expect(existsSync(output)).toBe(false);
    expect(existsSync(outputAt(output).loudnessPath)).toBe(false);
    return error;
  }

  test.each([
    ['tone.ogg', 'ogg', 'opus'],
    ['tone.mp3', 'mp3', 'mp3'],
    ['tone.m4a', 'mov', 'aac'],
    ['tone.webm', 'matroska', 'opus'],
    ['tone.flac', 'flac', 'flac'],
    ['tone.wma', 'asf', 'wmav2'],
    ['video.mp4', 'mov', 'aac'],
  ])('the decoder decodes %s to 16 kHz mono', async (name, container, codec) => {
    const result = await decode(fixture(name));
    const wav = readWav(output);
    expect(result).toEqual({ durationSeconds: wav.seconds, lostSeconds: 0, container, codec });
    expect(Math.abs(wav.seconds - 2)).toBeLessThanOrEqual(0.05);
    expect([wav.rate, wav.channels, wav.bits]).toEqual([16_000, 1, 16]);
    expect(Math.abs(wav.frequency - 440)).toBeLessThan(15);
  });

  test.each([
    ['48 kHz stereo', { rate: 48_000, channels: 2, coding: 'pcm16' }],
    ['44.1 kHz with eight channels', { rate: 44_100, channels: 8, coding: 'pcm16' }],
    ['twelve channels without a usual order', { rate: 16_000, channels: 12, coding: 'pcm16' }],
    ['8 kHz mu-law', { rate: 8_000, channels: 1, coding: 'mu-law' }],
  ] as const)('the decoder keeps the tone of a WAV file: %s', async (_name, options) => {
    const result = await decode(await write('tone.wav', toneWav(300, 1, options)));
    const wav = readWav(output);
    expect(result.lostSeconds).toBe(0);
    expect(Math.abs(wav.seconds - 1)).toBeLessThanOrEqual(0.05);
    expect(Math.abs(wav.frequency - 300)).toBeLessThan(5);
  });

  test('the decoder decodes AMR, and an MP3 behind a cover picture of 1.5 MB', async () => {
    expect(await decode(await write('voice.amr', amr(100)))).toMatchObject({
      durationSeconds: 2,
      codec: 'amr_nb',
    });
    const covered = withHugeCover(await readFile(fixture('tone.mp3')));
    expect(await decode(await write('covered.mp3', covered))).toMatchObject({
      container: 'mp3',
      lostSeconds: 0,
    });
  });

  test('the decoder detects the format by the content, never by the name', async () => {
    const ogg = await readFile(fixture('tone.ogg'));
    expect(await decode(await write('picture.jpg', ogg))).toMatchObject({ container: 'ogg' });
    expect(await decode(await write('صدا ۱ %d "a".txt', ogg))).toMatchObject({ container: 'ogg' });
  });

  test('the decoder takes the default track of several', async () => {
    await decode(fixture('two-tracks.mka'));
    expect(Math.abs(readWav(output).frequency - 440)).toBeLessThan(15);
  });

  test.each([
    [
      'random bytes named as Ogg',
      'noise.ogg',
      Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 31 + i * 7) % 251)),
    ],
    ['a text', 'text.mp3', 'سلام، این یک متن است.\n'.repeat(200)],
    ['subtitles', 'a.srt', '1\n00:00:01,000 --> 00:00:02,000\nسلام\n'],
    ['ANSI art', 'a.ans', '\x1b[31mred\x1b[0m '.repeat(500)],
    [
      'a PDF',
      'a.pdf',
      '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n',
    ],
    [
      'a playlist',
      'a.m3u8',
      `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${fixture('tone.ogg')}\n#EXT-X-ENDLIST\n`,
    ],
    ['a concat script', 'a.txt', `ffconcat version 1.0\nfile '${fixture('tone.ogg')}'\n`],
    [
      'a DASH manifest',
      'a.mpd',
      '<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"></MPD>\n',
    ],
    [
      'a session description',
      'a.sdp',
      'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n',
    ],
  ])('the decoder refuses %s as no media', async (_name, name, content) => {
    expect((await refusal(await write(name, content))).code).toBe('not_media');
  });

  test.each(['picture.jpg', 'picture.png', 'animation.gif'])(
    'the decoder refuses %s as no media',
    async (name) => {
      expect((await refusal(fixture(name))).code).toBe('not_media');
    },
  );

  test('the decoder distinguishes an empty file, a video without sound and an unreadable file', async () => {
    expect((await refusal(await write('empty.ogg', ''))).code).toBe('file_empty');
    expect((await refusal(fixture('video-without-sound.mp4'))).code).toBe('no_audio_track');
    const mp4 = await readFile(fixture('video.mp4'));
    expect((await refusal(await write('cut.mp4', mp4.subarray(0, 900)))).code).toBe('media_damaged');
    const headerOnly = wavHeader(0, { rate: 8000, channels: 1, coding: 'pcm16' });
    expect((await refusal(await write('silent.wav', headerOnly))).code).toBe('media_damaged');
  });

  test.each([
    ['tone.ogg', 2500],
    ['tone.m4a', 5000],
    ['tone.webm', 2500],
    ['tone.flac', 4000],
  ])('the decoder keeps what can be read of %s cut after %i bytes', async (name, bytes) => {
    const whole = await readFile(fixture(name));
    const result = await decode(await write('cut', whole.subarray(0, bytes)));
    expect(result.lostSeconds).toBeGreaterThan(0);
    expect(result.durationSeconds).toBeGreaterThan(0.4);
    expect(readWav(output).seconds).toBe(result.durationSeconds);
  });

  test('the decoder turns a hole in the middle into counted silence, and keeps the time of what follows', async () => {
    const wav = await write('beeps.wav', beeps(12, [[0, 12]]));
    await decoder.cut(wav, { startSeconds: 0, endSeconds: 12 }, 'ogg', join(folder, 'whole.ogg'), never);
    const ogg = await readFile(join(folder, 'whole.ogg'));
    // A page of Ogg is lost as a whole; FFmpeg's pages are of one second.
    ogg.fill(0x55, ogg.length / 2, ogg.length / 2 + 20);
    const result = await decode(await write('hole.ogg', ogg));
    expect(result.durationSeconds).toBeCloseTo(12, 1);
    expect(result.lostSeconds).toBeGreaterThan(0.5);
    expect(result.lostSeconds).toBeLessThan(3);
    const [before, after, ...more] = loudSpans(outputAt(output).loudnessPath);
    expect(more).toEqual([]);
    expect(after?.[0]).toBeCloseTo((before?.[1] ?? 0) + result.lostSeconds, 1);
    expect(after?.[1]).toBeCloseTo(12, 1);
  });

  test('the decoder measures loudness: a byte for 20 ms, dB below full scale', async () => {
    await decode(await write('beeps.wav', beeps(3.01, [[1, 2]])));
    const levels = [...(await readFile(outputAt(output).loudnessPath))];
    // A sine with an amplitude of 12,000 of 32,768: 20 log10(12000 / 32768 / √2) = -11.7.
    expect(levels).toEqual([...Array(50).fill(100), ...Array(50).fill(12), ...Array(51).fill(100)]);
  });

  test('the decoder measures both channels of a stereo file, and none of a mono file', async () => {
    const beep = (from: number) =>
      new Int16Array(Uint8Array.from(beeps(1, [[from, from + 0.5]]).subarray(44)).buffer);
    const [left, right] = [beep(0), beep(0.5)];
    const both = new Int16Array(left.length * 2).map((_, at) => (at % 2 === 0 ? left : right)[at >> 1] ?? 0);
    const data = Buffer.from(both.buffer);
    const header = wavHeader(data.length, { rate: 16_000, channels: 2, coding: 'pcm16' });
    await decode(await write('call.wav', Buffer.concat([header, data])));
    const levels = [...(await readFile(`${outputAt(output).loudnessPath}.channels`))];
    const second = (first: number, last: number) => Array.from({ length: 25 }, () => [first, last]).flat();
    expect(levels).toEqual([...second(12, 100), ...second(100, 12)]);
    // The mix is half as loud.
    expect(new Set(await readFile(outputAt(output).loudnessPath))).toEqual(new Set([18]));
    await decode(await write('mono.wav', beeps(1, [[0, 1]])));
    await expect(readFile(`${outputAt(output).loudnessPath}.channels`)).rejects.toThrow('ENOENT');
  });

  test('the decoder refuses files that are too large or too long (fault 19)', async () => {
    const large = await refusal(await write('large.wav', Buffer.alloc(3_000_000)), {
      maxInputBytes: 2 * 1024 * 1024,
    });
    expect([large.code, large.details]).toEqual(['file_too_large', { limitMegabytes: 2 }]);
    const long = await refusal(fixture('five-minutes-of-silence.flac'), { maxDurationSeconds: 60 });
    expect([long.code, long.details]).toEqual(['media_too_long', { limitMinutes: 1 }]);
  });

  test('the decoder stops at the limit where the header states a false duration', async () => {
    const liar = await readFile(fixture('five-minutes-of-silence.flac'));
    // STREAMINFO: the lower 32 bits of the number of samples; 0 is unknown (RFC 9639, section 8.2).
    liar.writeUInt32BE(0, 22);
    expect((await refusal(await write('liar.flac', liar), { maxDurationSeconds: 60 })).code).toBe(
      'media_too_long',
    );
  });

  test('the decoder accepts a file of exactly the limit', async () => {
    expect(
      (await decode(fixture('five-minutes-of-silence.flac'), { maxDurationSeconds: 300 })).durationSeconds,
    ).toBe(300);
  });

  test('the decoder ends a decoding that takes too long or too much memory', async () => {
    const slow = join(folder, 'slow.wav');
    writeSlowWav(slow);
    const large = { maxInputBytes: 2 ** 32 };
    expect((await refusal(slow, { ...large, timeoutMs: 20 })).code).toBe('media_too_heavy');
    expect((await refusal(slow, { ...large, maxMemoryBytes: 20_000_000 })).code).toBe('media_too_heavy');
  });

  test('the decoder decodes again after a failure, several files at once, and without a pool', async () => {
    await refusal(fixture('picture.png'));
    const outputs = [0, 1, 2].map((index) => join(folder, `out-${index}.wav`));
    const results = await Promise.all(
      outputs.map((path) => decoder.decodeToWav(fixture('tone.ogg'), outputAt(path), limits, never)),
    );
    expect(results.map((result) => result.durationSeconds)).toEqual([2, 2, 2]);
    expect(
      (await decodeToWav(fixture('tone.ogg'), outputAt(output), limits, never, ffmpeg)).durationSeconds,
    ).toBe(2);
  });
});
