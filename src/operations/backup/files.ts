import { link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from './failure.ts';

/** Names of finished backups, and of nothing else; sorted by name they are sorted by age. */
const finished = /^dabir-\d{8}T\d{6}Z\.tar\.gz$/;
const partial = /^dabir-\d{8}T\d{6}Z\.tar\.gz\.partial$/;

/** A backup that has not grown for so long was killed, in milliseconds: a day. */
const abandonedMs = 86_400_000;

/** Names the backup of a moment, in UTC. */
export function backupName(at: Date): string {
  return `dabir-${at
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z')}.tar.gz`;
}

/** Where a backup is written until it is whole. */
export function partialOf(path: string): string {
  return `${path}.partial`;
}

/** Makes the folder of the backups, for its owner alone, and removes what killed backups left in it. */
export async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    if (!partial.test(name)) continue;
    const { mtimeMs } = await stat(join(folder, name));
    if (Date.now() - mtimeMs > abandonedMs) await rm(join(folder, name), { force: true });
  }
}

/**
 * Gives a whole backup its name.
 * @throws Failure `refused` when there is a file of that name already: it is not overwritten
 */
export async function publish(path: string): Promise<void> {
  try {
    // Unlike a rename, a link never takes the place of a file.
    await link(partialOf(path), path);
    await rm(partialOf(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || (await isThere(path)))
      throw new Failure('refused', `There is a file ${path} already; it is left as it is.`);
    // Some file systems have no links.
    await rename(partialOf(path), path);
  }
  await syncFolder(join(path, '..'));
}

/**
 * Deletes the oldest finished backups of a folder, and no other file.
 * @param keep so many are left
 * @returns the names of those that were deleted
 */
export async function keepNewest(folder: string, keep: number): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => finished.test(name)).sort();
  const old = names.slice(0, Math.max(0, names.length - keep));
  for (const name of old) await rm(join(folder, name), { force: true });
  return old;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Brings the new name to the disk. Windows knows no such thing. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
