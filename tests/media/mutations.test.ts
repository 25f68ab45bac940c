import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DabirError } from '../../src/domain/errors.ts';
import { createDecoder } from '../../src/media/decode.ts';
import { fixture, outputAt, readWav } from './samples.ts';

const decoder = createDecoder({ poolSize: 2 });
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dabir-media-'));
});
afterAll(async () => {
  await decoder.close();
  await rm(folder, { recursive: true });
});

it.each(['tone.ogg', 'tone.mp3', 'tone.m4a'])(
  'any mutation of %s gives a result or a DabirError',
  async (name) => {
    const whole = await readFile(fixture(name));
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    // Headers are where FFmpeg believes the most.
    const headerChange = fc.tuple(fc.nat(300), fc.nat(255));
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(change, headerChange), { minLength: 1, maxLength: 12 }),
        fc.option(fc.nat(whole.length), { freq: 5, nil: whole.length }),
        async (changes, length) => {
          const mutated = Buffer.from(whole);
          for (const [position, value] of changes) mutated[position] = value;
          const input = join(folder, `${run++}`);
          const output = `${input}.wav`;
          await writeFile(input, mutated.subarray(0, length));
          try {
            const result = await decoder.decodeToWav(
              input,
              outputAt(output),
              mutationLimits,
              new AbortController().signal,
            );
            expect(readWav(output).seconds).toBe(result.durationSeconds);
          } catch (error) {
            expect(error).toBeInstanceOf(DabirError);
            expect((error as DabirError).code).not.toBe('internal');
            expect(existsSync(output)).toBe(false);
          }
        },
      ),
      { numRuns: 100, seed: 20_261_122 },
    );
  },
  120_000,
);

const mutationLimits = {
  maxDurationSeconds: 3600,
  maxMemoryBytes: 600_000_000,
  timeoutMs: 20_000,
  maxInputBytes: 1_000_000,
};
