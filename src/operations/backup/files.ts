import { link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from './failure.ts';

/** Matches names of finished backups only; their alphabetical order is their order of age. */
const finished = /^dabir-\d{8}T\d{6}Z\.tar\.gz$/;
const partial = /^dabir-\d{8}T\d{6}Z\.tar\.gz\.partial$/;

/** A partial backup without changes for this time was killed, in ms: a day. */
const abandonedMs = 86_400_000;

/** Returns the name of a backup by its start, in UTC. */
export function backupName(at: Date): string {
  return `dabir-${at
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z')}.tar.gz`;
}

/** Returns the path of a backup until it is complete. */
export function partialOf(path: string): string {
  return `${path}.partial`;
}

/** Creates the backup folder, for its owner only, and removes partial backups of killed processes. */
export async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    if (!partial.test(name)) continue;
    const { mtimeMs } = await stat(join(folder, name));
    if (Date.now() - mtimeMs > abandonedMs) await rm(join(folder, name), { force: true });
  }
}

/**
 * Gives a complete backup its final name.
 * @throws Failure `refused` if the file exists; it is not overwritten
 */
export async function publish(path: string): Promise<void> {
  try {
    // Unlike a rename, a link never replaces a file.
    await link(partialOf(path), path);
    await rm(partialOf(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || (await isThere(path)))
      throw new Failure('refused', `The file ${path} already exists; it was not changed.`);
    // Some file systems have no hard links.
    await rename(partialOf(path), path);
  }
  await syncFolder(join(path, '..'));
}

/**
 * Deletes the oldest finished backups of a folder, and no other file.
 * @param keep number of backups that stay
 * @returns the names of the deleted files
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

/** Flushes the folder, and so the new name, to disk. Windows cannot do this. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
