import { Worker } from 'node:worker_threads';

/** What the watchdog is told. */
export type WatchdogMessage =
  | { readonly kind: 'limit'; readonly maxMemoryBytes: number }
  | { readonly kind: 'program'; readonly processId: number | null };

const thread = new Worker(new URL('./watchdog.ts', import.meta.url), {
  workerData: { parentId: process.ppid },
  env: {},
});
thread.unref();

/** Sets how much memory this process and its program may take together, in bytes; Infinity between two files. */
export function limitMemory(maxMemoryBytes: number): void {
  tell({ kind: 'limit', maxMemoryBytes });
}

/** Names the program that works for this process, or null when it has ended. */
export function watchProgram(processId: number | null): void {
  tell({ kind: 'program', processId });
}

function tell(message: WatchdogMessage): void {
  thread.postMessage(message);
}
