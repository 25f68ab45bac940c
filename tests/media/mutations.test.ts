import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DabirError } from '../../src/domain/errors.ts';
import { createDecoderProcesses } from '../../src/media/decoder-processes.ts';
import { channelsFile } from '../../src/media/protocol.ts';
import { ffmpegs } from './ffmpegs.ts';
import { outputAt, readWav } from './samples.ts';
import { spoken, spokenFile } from './spoken.ts';

describe.each(ffmpegs)('%s', (_name, ffmpeg) => {
  // Broken files of every kind. `DABIR_MUTATIONS=20000 npx vitest run tests/media/mutations.test.ts` is the long form;
  // `DABIR_SEED` selects other files. With six of each kind every outcome comes often enough: 99 files are decoded, 39
  // damaged, 12 no media and 6 without audio. Starting two programs for each file is slow, so these get fewer files.
  const mutations = Number(process.env['DABIR_MUTATIONS'] ?? (ffmpeg.kind === 'node-av' ? 156 : 78));
  const seed = Number(process.env['DABIR_SEED'] ?? 20_261_122);
  const limits = {
    maxDurationSeconds: 3600,
    maxMemoryBytes: 600_000_000,
    timeoutMs: 20_000,
    maxInputBytes: 1_000_000,
  };

  const decoder = createDecoderProcesses({ poolSize: 1, ffmpeg });
  const outcomes = new Map<string, number>();
  const slowest = { ms: 0, of: '' };
  let folder = '';
  let files: Buffer[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dabir-media-'));
    files = await Promise.all(spoken.map(([name]) => readFile(spokenFile(name))));
  });
  afterAll(async () => {
    await decoder.close();
    await rm(folder, { recursive: true });
    if (process.env['DABIR_MUTATIONS']) console.log({ mutations, seed, slowest }, outcomes);
  });

  type Mutation = (file: Buffer) => Buffer;

  /**
   * Places in a file as shares of its length, uniformly distributed, which fast-check's fractions are not.
   */
  const place = fc.nat(999_999).map((millionths) => millionths / 1_000_000);
  const at = (file: Buffer, share: number) => Math.floor(share * file.length);

  const flipBits = fc.array(fc.tuple(place, fc.nat(7)), { minLength: 1, maxLength: 40 }).map(
    (flips): Mutation =>
      (file) => {
        for (const [share, bit] of flips) file[at(file, share)] = (file[at(file, share)] ?? 0) ^ (1 << bit);
        return file;
      },
  );
  /** Changes in the header, which FFmpeg trusts most. */
  const changeHeader = fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { minLength: 1, maxLength: 12 }).map(
    (changes): Mutation =>
      (file) => {
        for (const [position, value] of changes) file[position % file.length] = value;
        return file;
      },
  );
  const truncate = place.map(
    (share): Mutation =>
      (file) =>
        file.subarray(0, 1 + at(file, share)),
  );
  const erase = fc.tuple(place, place, fc.constantFrom(0, 0xff, 0x55)).map(
    ([start, length, value]): Mutation =>
      (file) =>
        file.fill(value, at(file, start), at(file, Math.min(1, start + length / 4))),
  );
  const repeat = fc.tuple(place, place).map(
    ([start, length]): Mutation =>
      (file) => {
        const piece = file.subarray(at(file, start), at(file, start + length / 4));
        return Buffer.concat([file, piece, file.subarray(at(file, start))]);
      },
  );
  /** Puts the beginning of another kind of file in front. */
  const swapHeader = fc.tuple(fc.nat(spoken.length - 1), fc.integer({ min: 4, max: 4_000 })).map(
    ([other, length]): Mutation =>
      (file) =>
        Buffer.concat([files[other]?.subarray(0, length) ?? file, file.subarray(length)]),
  );
  const mutation = fc
    .array(fc.oneof(flipBits, changeHeader, truncate, erase, repeat, swapHeader), {
      minLength: 1,
      maxLength: 3,
    })
    .map(
      (steps): Mutation =>
        (file) =>
          steps.reduce((changed, step) => (changed.length === 0 ? changed : step(changed)), file),
    );

  test.each(spoken.map(([name], index) => [name, index] as const))(
    'property: any corruption of %s gives a result or a DabirError, and leaves nothing else behind',
    async (_name, index) => {
      const [input, output] = [join(folder, 'input'), outputAt(join(folder, 'output.wav'))];
      await fc.assert(
        fc.asyncProperty(mutation, async (mutate) => {
          await writeFile(input, mutate(Buffer.from(files[index] ?? '')));
          const startedAt = performance.now();
          const ended = await decoder.decodeToWav(input, output, limits, new AbortController().signal).then(
            ({ durationSeconds }) => {
              expect(readWav(output.wavPath).seconds).toBe(durationSeconds);
              return 'decoded';
            },
            (error: unknown) => {
              expect(error).toBeInstanceOf(DabirError);
              return (error as DabirError).code;
            },
          );
          expect(ended).not.toBe('internal');
          note(ended, performance.now() - startedAt, index);
          const channels = channelsFile(output.loudnessPath);
          const left = await readdir(folder);
          const decoded = ['input', 'output.wav', 'output.wav.loudness'];
          // A stereo track has the loudness of its channels too.
          const allowed = ended === 'decoded' ? [decoded, [...decoded, basename(channels)]] : [['input']];
          expect(allowed).toContainEqual(left);
          for (const path of [output.wavPath, output.loudnessPath, channels]) await rm(path, { force: true });
        }),
        { numRuns: Math.ceil(mutations / spoken.length), seed: seed + index },
      );
    },
    3_600_000,
  );

  function note(ended: string, ms: number, index: number): void {
    outcomes.set(ended, (outcomes.get(ended) ?? 0) + 1);
    if (ms > slowest.ms) Object.assign(slowest, { ms: Math.round(ms), of: spoken[index]?.[0] });
  }
});
