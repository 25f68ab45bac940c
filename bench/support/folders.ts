import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Replaces the project's own folders, so that a test's run neither reads nor changes them. */
const replacement = process.env['BENCH_FOLDER'];

/** Folder of the benches' results. */
export const resultsFolder =
  replacement === undefined
    ? fileURLToPath(new URL('../results', import.meta.url))
    : join(replacement, 'results');

/** Returns the path of a bench's folder for temporary data. */
export function benchFolder(name: string): string {
  return join(replacement ?? fileURLToPath(new URL('../../.data', import.meta.url)), `bench-${name}`);
}

/** Creates a bench's folder for temporary data, empty. */
export async function clearBenchFolder(name: string): Promise<string> {
  const folder = benchFolder(name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}
