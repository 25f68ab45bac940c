/**
 * Loaded by `--import` before a role or `npm start`. Node then keeps the compiled code of all modules in the data
 * folder and reads it at the next start, which takes half of a start's processor time. Child processes inherit the
 * folder. It may be deleted at any time; a folder that cannot be written is not used.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';

/** Time after a start at which compiled code is stored, in ms; a process that is killed would store none. */
const storeAfterMs = 10_000;

const projectFolder = join(import.meta.dirname, '..', '..');

if (process.env['NODE_COMPILE_CACHE'] === undefined) {
  const data = dataDir();
  const folder = join(data, 'compiled');
  try {
    // PostgreSQL may run as another account, which needs access to the data folder (embedded/data-folder.ts).
    create(data, 0o755);
    // Another account that can write here could run code of its own as this one.
    create(folder, 0o700);
    enableCompileCache(folder);
    process.env['NODE_COMPILE_CACHE'] = folder;
  } catch {
    // The start reports a data folder that cannot be written.
  }
}
setTimeout(flushCompileCache, storeAfterMs).unref();

/** Returns DATA_DIR without the modules of the configuration, which this file precedes. */
function dataDir(): string {
  return resolve(projectFolder, process.env['DATA_DIR'] || variablesOfFile()['DATA_DIR'] || '.data');
}

function variablesOfFile(): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync(join(projectFolder, '.env'), 'utf8'));
  } catch {
    return {};
  }
}

function create(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
