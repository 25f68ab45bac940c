import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { AudioChunk, AudioFormat } from '../../src/domain/engine.ts';

/** Provides two seconds of audio to the tests of a file; services on this machine do not decode it. */
export function provideChunk(format: AudioFormat = 'mp3'): () => AudioChunk {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dabir-chunk-'));
    await writeFile(join(folder, `chunk.${format}`), Buffer.alloc(4_000, 1));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return () => ({ path: join(folder, `chunk.${format}`), durationSeconds: 2, format });
}
