import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Creates an empty folder beside `target`, to be renamed to it when complete. First removes the incomplete
 * folders of processes that have ended.
 */
export async function createTemporaryFolder(target: string): Promise<string> {
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

/** Removes a folder and its content; does nothing if it does not exist. */
export async function removeFolder(folder: string): Promise<void> {
  // The retries are for Windows, where a virus scanner may still read new files.
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Replaces `target` by a complete folder. */
export async function replaceFolder(folder: string, target: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await removeFolder(target);
    try {
      return await rename(folder, target);
    } catch (error) {
      // Windows refuses while a virus scanner reads; elsewhere another process was faster, and the last one wins.
      if (attempt === 5) throw error;
      await sleep(100 * attempt);
    }
  }
}

function isRunning(pid: number): boolean {
  // An earlier process had the same id.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
