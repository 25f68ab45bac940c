import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { WatchdogMessage } from './watchdog-thread.ts';

/**
 * A thread of the decoding process that ends it, and the program that works for it, when they take too much memory or
 * when the parent is gone, even while FFmpeg hangs in a native call and the main thread's event loop stands still.
 * Started with `{ parentId }`.
 */
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

/** Resident memory of the program in bytes; 0 without one, and where the system does not say it in a file. */
function programMemory(): number {
  if (programId === null || process.platform !== 'linux') return 0;
  try {
    const status = readFileSync(`/proc/${programId}/status`, 'latin1');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0; // It has just ended.
  }
}

function endProgram(processId: number): void {
  try {
    process.kill(processId, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

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
