import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The process's number is in the name, so that others can tell a folder whose owner is gone. */
const prefix = 'dabir-work-';

/** A new, empty folder for one file's work. Whoever makes one removes it. */
export async function createWorkFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
}

/** Removes a work folder with all that is in it. */
export async function removeWorkFolder(folder: string): Promise<void> {
  // The retries are for Windows, where a virus scanner may still be reading what was just written.
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * Removes the folders of workers that were killed and could not: nobody's voice stays lying about. Best effort; what
 * belongs to another account is left alone.
 */
export async function removeAbandonedWorkFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (Number.isNaN(owner) || isRunning(owner)) continue;
    await removeWorkFolder(join(tmpdir(), name)).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
