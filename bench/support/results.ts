import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { resultsFolder } from './folders.ts';
import { isShort } from './sizes.ts';

/**
 * Writes `bench/results/<name>.json`: the figures, and the machine on which they were measured. Those of
 * `--short` go into `<name>-short.json`.
 */
export async function writeResult(name: string, figures: object): Promise<void> {
  const machine = {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    platform: process.platform,
    node: process.version,
    at: new Date().toISOString(),
  };
  await mkdir(resultsFolder, { recursive: true });
  const path = join(resultsFolder, `${name}${isShort ? '-short' : ''}.json`);
  await writeFile(path, `${JSON.stringify({ machine, ...figures }, null, 2)}\n`);
}
