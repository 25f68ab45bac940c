import { execFile } from 'node:child_process';
import { access, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { provision } from '../../src/engines/local/provision.ts';
import { localEngineConfig, localEngineFolder } from './local-engine-folder.ts';

const run = promisify(execFile);

/** Returns LOCAL's Python, packages and model. */
export const provisionLocal = () =>
  provision(localEngineConfig(), pino({ level: 'silent' }), () => undefined, AbortSignal.timeout(600_000));

/**
 * Installs packages for a program of the tests, once, into the tests' data folder. The folder is created under another
 * name and renamed when it is complete.
 * @param rounds parameters of `pip install`, for each call of it
 * @returns the folder, for PYTHONPATH
 */
export async function installPackages(
  python: string,
  name: string,
  rounds: readonly (readonly string[])[],
): Promise<string> {
  const folder = join(localEngineFolder(), name);
  const isThere = await access(folder).then(
    () => true,
    () => false,
  );
  if (isThere) return folder;
  const temporary = await mkdtemp(`${folder}-`);
  try {
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--no-input',
      '--target',
      temporary,
    ];
    for (const round of rounds) await run(python, [...pip, ...round]);
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  return folder;
}
