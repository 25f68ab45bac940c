import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { WatchdogMessage } from './watchdog-thread.ts';

// The watchdog is a thread of the decoding process. It kills the process and its program if they exceed the
// memory limit or the parent is gone, even while FFmpeg hangs in a native call and blocks the main thread.
// Started with `{ parentId }`.

/** Interval of the watchdog's checks, in ms. */
const intervalMs = 50;

let maxMemoryBytes = Number.POSITIVE_INFINITY;
let programId: number | null = null;
parentPort?.on('message', (message: WatchdogMessage) => {
  if (message.kind === 'limit') maxMemoryBytes = message.maxMemoryBytes;
  else programId = message.processId;
});

setInterval(() => {
  const tooLarge = process.memoryUsage.rss() + programMemory() > maxMemoryBytes;
  if (!tooLarge && isParentAlive(workerData.parentId)) return;
  if (programId !== null) endProgram(programId);
  process.kill(process.pid, 'SIGKILL');
}, intervalMs);

/** Returns the resident memory of the program in bytes; 0 without a program, and on systems other than Linux. */
function programMemory(): number {
  if (programId === null || process.platform !== 'linux') return 0;
  try {
    const status = readFileSync(`/proc/${programId}/status`, 'latin1');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0; // The program has just ended.
  }
}

function endProgram(processId: number): void {
  try {
    process.kill(processId, 'SIGKILL');
  } catch {
    // The program has just ended.
  }
}

/**
 * Returns false if the parent is gone: Linux and macOS change the parent id; Windows keeps the id of the dead
 * process.
 */
function isParentAlive(parentId: number): boolean {
  if (process.ppid !== parentId) return false;
  try {
    process.kill(parentId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
