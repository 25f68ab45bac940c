import { mkdtemp, readdir, rm, rmdir, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Prefix of work folders. The process id follows it, so that other processes recognise the folders of ended ones. */
const prefix = 'dabir-work-';

/** Creates a new, empty folder for one job. The caller removes it. */
export async function createWorkFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
}

/** Removes a work folder with its content. */
export async function removeWorkFolder(folder: string): Promise<void> {
  try {
    for (const name of await readdir(folder)) await unlink(join(folder, name));
    await rmdir(folder);
  } catch {
    // Twice the processor time: for folders within, and for Windows, where a virus scanner may still read new files.
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Removes the folders of killed workers, so that no user's audio stays on the disk. Best effort: folders of another
 * system account stay.
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
