import { parentPort, workerData } from 'node:worker_threads';

/**
 * A thread of the decoding process that ends it when it takes too much memory or when its parent is gone, even while
 * FFmpeg hangs in a native call and the main thread's event loop stands still. Started with `{ parentId }`, told
 * `{ maxMemoryBytes }` with each file.
 */
const intervalMs = 50;

let maxMemoryBytes = Number.POSITIVE_INFINITY;
parentPort?.on('message', (message: { maxMemoryBytes: number }) => {
  maxMemoryBytes = message.maxMemoryBytes;
});

setInterval(() => {
  if (process.memoryUsage.rss() > maxMemoryBytes || !isParentAlive(workerData.parentId)) {
    process.kill(process.pid, 'SIGKILL');
  }
}, intervalMs);

/** An orphan is adopted by another process on Linux and macOS; on Windows it keeps a parent id that is gone. */
function isParentAlive(parentId: number): boolean {
  if (process.ppid !== parentId) return false;
  try {
    process.kill(parentId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
