import { Worker } from 'node:worker_threads';

/** Messages to the watchdog. */
export type WatchdogMessage =
  | { readonly kind: 'limit'; readonly maxMemoryBytes: number }
  | { readonly kind: 'program'; readonly processId: number | null };

const thread = new Worker(new URL('./watchdog.ts', import.meta.url), {
  workerData: { parentId: process.ppid },
  env: {},
});
thread.unref();

/** Sets the maximum memory of this process and its program together, in bytes; Infinity between files. */
export function limitMemory(maxMemoryBytes: number): void {
  tell({ kind: 'limit', maxMemoryBytes });
}

/** Sets the id of the program that works for this process; null after it has ended. */
export function watchProgram(processId: number | null): void {
  tell({ kind: 'program', processId });
}

function tell(message: WatchdogMessage): void {
  thread.postMessage(message);
}
