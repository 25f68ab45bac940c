import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A new, empty folder beside `target`, to be renamed to it when it is complete. What earlier processes left there
 * half-made is removed first.
 */
export async function temporaryFolder(target: string): Promise<string> {
  const [parent, prefix] = [dirname(target), `${basename(target)}.making-`];
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix) && !isRunning(Number(name.slice(prefix.length)))) {
      await removeFolder(join(parent, name));
    }
  }
  const folder = join(parent, `${prefix}${process.pid}`);
  await mkdir(folder);
  return folder;
}

/** Removes a folder with all that is in it; nothing when it is not there. */
export async function removeFolder(folder: string): Promise<void> {
  // The retries are for Windows, where a virus scanner may still be reading what was just written.
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Puts a complete folder in the place of `target`, which goes away. */
export async function replaceFolder(folder: string, target: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await removeFolder(target);
    try {
      return await rename(folder, target);
    } catch (error) {
      // Windows refuses while a virus scanner reads; elsewhere somebody else was quicker, and the last one stays.
      if (attempt === 5) throw error;
      await sleep(100 * attempt);
    }
  }
}

function isRunning(pid: number): boolean {
  // An earlier process had the same number.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
