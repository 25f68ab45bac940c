import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Folder with one file for each model to whose terms the operator has agreed, beside the models. */
const agreements = 'agreed';

/** Returns the names of the models to whose terms the operator has agreed on this machine. */
export async function readAgreements(folder: string): Promise<Set<string>> {
  const names = await readdir(join(folder, agreements)).catch(() => []);
  return new Set(names.map((name) => name.replace(/\.json$/, '')));
}

/**
 * Records that the operator has agreed to the terms of a model.
 * @param by who agreed and where, for the record
 */
export async function recordAgreement(folder: string, name: string, by: string): Promise<void> {
  await mkdir(join(folder, agreements), { recursive: true });
  const record = { by, at: new Date().toISOString() };
  await writeFile(join(folder, agreements, `${name}.json`), `${JSON.stringify(record)}\n`);
}

/** Removes the record of an agreement. */
export async function forgetAgreement(folder: string, name: string): Promise<void> {
  await rm(join(folder, agreements, `${name}.json`), { force: true });
}
