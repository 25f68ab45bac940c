import { link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ArchiveWriter } from './archive-writer.ts';
import { Failure } from './failure.ts';

/** Matches names of finished backups only. Backups of the same second are numbered from 2. */
const finished = /^dabir-(\d{8}T\d{6}Z)(?:-(\d+))?\.tar\.gz$/;
const partial = /^dabir-\d{8}T\d{6}Z(?:-\d+)?\.tar\.gz\.partial$/;

/** A partial backup without changes for this time was killed, in ms: a day. */
const abandonedMs = 86_400_000;

/** Returns the name of a backup by its start, in UTC; `number` tells backups of the same second apart. */
function backupName(second: string, number: number): string {
  return `dabir-${second}${number === 1 ? '' : `-${number}`}.tar.gz`;
}

/**
 * Creates the backup folder, for its owner only, and removes partial backups of killed processes. The folder above it
 * has to exist: a disk that is not mounted, or a typing error, must not become a new folder elsewhere.
 * @throws Failure `usage` if the folder above it is missing, `disk` if the folder cannot be created or written
 */
export async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch((error) => whyNoFolder(folder, error));
  for (const name of await readdir(folder)) {
    if (!partial.test(name)) continue;
    const { mtimeMs } = await stat(join(folder, name));
    if (Date.now() - mtimeMs > abandonedMs) await rm(join(folder, name), { force: true });
  }
}

/** Throws what is wrong with a folder that was not created; returns if it exists already. */
async function whyNoFolder(folder: string, cause: NodeJS.ErrnoException): Promise<void> {
  if (await isFolder(folder)) return;
  const parent = dirname(folder);
  if (cause.code === 'ENOENT' && !(await isThere(parent)))
    throw new Failure('usage', `The folder ${parent} does not exist, so ${folder} was not created.`, {
      cause,
    });
  throw new Failure('disk', `The folder ${folder} cannot be created (${cause.code}).`, { cause });
}

/** A backup until it is complete: a file that ends in `.partial`. */
export type PartialBackup = { readonly path: string; readonly archive: ArchiveWriter };

/** Creates the partial file of a backup, under a name that no other backup of the folder has. */
export async function createPartial(folder: string, at: Date): Promise<PartialBackup> {
  const second = secondOf(at);
  for (let number = await freeNumber(folder, second); ; number += 1) {
    const path = join(folder, `${backupName(second, number)}.partial`);
    try {
      return { path, archive: await ArchiveWriter.create(path) };
    } catch (error) {
      // Another database's backup began in the same second.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/**
 * Gives a complete backup its final name, which is free: no file is overwritten.
 * @returns the path
 */
export async function publish(partialPath: string, at: Date): Promise<string> {
  const folder = dirname(partialPath);
  const second = secondOf(at);
  for (let number = await freeNumber(folder, second); ; number += 1) {
    const path = join(folder, backupName(second, number));
    try {
      // Unlike a rename, a link never replaces a file.
      await link(partialPath, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST' || (await isThere(path))) continue;
      // Some file systems have no hard links.
      await rename(partialPath, path);
    }
    await rm(partialPath, { force: true });
    await syncFolder(folder);
    return path;
  }
}

/** Returns the second in UTC, as names have it: `20261129T033000Z`. */
function secondOf(at: Date): string {
  return at
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
}

/** Returns the number after the highest of a second, so that a later backup always sorts last. */
async function freeNumber(folder: string, second: string): Promise<number> {
  const numbers = (await readdir(folder)).flatMap((name) => {
    const found = parseName(name);
    return found?.second === second ? [found.number] : [];
  });
  return Math.max(0, ...numbers) + 1;
}

function parseName(name: string): { readonly second: string; readonly number: number } | null {
  const [, second, number = '1'] = finished.exec(name) ?? [];
  return second === undefined ? null : { second, number: Number(number) };
}

/**
 * Deletes the oldest finished backups of a folder, and no other file.
 * @param keep number of backups that stay
 * @returns the names of the deleted files
 */
export async function keepNewest(folder: string, keep: number): Promise<string[]> {
  const backups = (await readdir(folder)).flatMap((name) => {
    const found = parseName(name);
    return found === null ? [] : [{ name, ...found }];
  });
  backups.sort((a, b) => (a.second < b.second ? -1 : a.second > b.second ? 1 : a.number - b.number));
  const old = backups.slice(0, Math.max(0, backups.length - keep)).map(({ name }) => name);
  for (const name of old) await rm(join(folder, name), { force: true });
  return old;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
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
