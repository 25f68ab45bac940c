import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';

const folder = new URL('../results/', import.meta.url);

/** Writes `bench/results/<name>.json`: the figures, and the machine on which they were measured. */
export async function writeResult(name: string, figures: object): Promise<void> {
  const machine = {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    platform: process.platform,
    node: process.version,
    at: new Date().toISOString(),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(new URL(`${name}.json`, folder), `${JSON.stringify({ machine, ...figures }, null, 2)}\n`);
}
