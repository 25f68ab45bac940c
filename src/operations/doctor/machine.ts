import { access, constants, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Config, secretNames } from '../../runtime/config-schema.ts';
import { environmentFile } from '../../runtime/environment.ts';
import { type Finding, ok, skipped, wrong } from './finding.ts';

/**
 * Minimum free space in bytes. LOCAL with its smallest model needs about 600 MB, a long file with its chunks as
 * much.
 */
const littleSpace = 2_000_000_000;

/** Checks the free space of DATA_DIR and of the folder for files in progress. */
export async function checkDisk({ DATA_DIR }: Config): Promise<Finding[]> {
  return [
    await spaceFinding('Disk of DATA_DIR', DATA_DIR),
    await spaceFinding('Disk for recordings', tmpdir()),
  ];
}

async function spaceFinding(name: string, folder: string): Promise<Finding> {
  const space = await statfs(await firstThere(folder)).catch(() => null);
  if (space === null) return skipped(name, 'the system does not report the free space');
  return judgeSpace(name, folder, space.bavail * space.bsize);
}

/** Turns a number of free bytes into a finding. */
export function judgeSpace(name: string, folder: string, free: number): Finding {
  const text = `${(free / 1e9).toFixed(1)} GB free (${folder})`;
  return free >= littleSpace
    ? ok(name, text)
    : wrong(name, text, 'free some space: below 2 GB files of users start to fail');
}

/** Returns the folder, or its first parent that exists. */
async function firstThere(folder: string): Promise<string> {
  for (let path = folder; dirname(path) !== path; path = dirname(path)) {
    if (await isThere(path)) return path;
  }
  return folder;
}

/**
 * Checks permissions: DATA_DIR is writable, and files with secrets are closed to other accounts.
 * @param env environment, in which `<NAME>_FILE` names the files with secrets
 */
export async function checkFiles(
  { DATA_DIR }: Config,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Finding[]> {
  const secrets = [
    { name: '.env', path: environmentFile },
    { name: 'postgres-password', path: join(DATA_DIR, 'postgres-password') },
    ...secretNames.flatMap((name) => {
      const path = env[`${name}_FILE`]?.trim();
      return path ? [{ name: `${name}_FILE`, path }] : [];
    }),
  ];
  return [
    await folderFinding(DATA_DIR),
    ...(await Promise.all(secrets.map(secretFinding))).filter((finding) => finding !== null),
  ];
}

async function folderFinding(folder: string): Promise<Finding> {
  const name = 'DATA_DIR';
  if (!(await isThere(folder)))
    return skipped(name, `${folder} does not exist yet; the first start creates it`);
  return access(folder, constants.W_OK | constants.X_OK).then(
    () => ok(name, `${folder} can be written`),
    () =>
      wrong(
        name,
        `${folder} cannot be written by this account`,
        'give it to the account that Dabir runs as, or set DATA_DIR',
      ),
  );
}

async function secretFinding({ name, path }: { name: string; path: string }): Promise<Finding | null> {
  const found = await stat(path).catch(() => null);
  // Unreadable files are reported by the configuration; Windows has no such permission bits.
  if (found === null || process.platform === 'win32') return null;
  // Docker and systemd mount secrets in folders that are closed to other accounts.
  if ((found.mode & 0o077) === 0 || path.startsWith('/run/')) return ok(name, 'closed to other accounts');
  const mode = (found.mode & 0o777).toString(8);
  return wrong(name, `other accounts may read or write it (mode ${mode})`, `chmod 600 ${path}`);
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
