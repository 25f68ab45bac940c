import { DecoderChild } from './decoder-child.ts';
import type { Ffmpeg } from './protocol.ts';

/** A process is replaced after this many files, to bound memory leaks (4 MB were measured in 3,700 files). */
const filesPerChild = 500;

/** Maximum wait for a busy process, in ms; starting a new one costs 0.1 s of a core. */
const patienceMs = 1_000;

/** Decoding processes that are started in advance and reused. */
export type DecoderPool = {
  /** Returns an idle process, else the next one that becomes free within a second, else a new one. */
  take(): Promise<DecoderChild>;
  /** Returns a process to the pool; an unhealthy one is killed. Resolves when that is done. */
  release(child: DecoderChild, healthy: boolean): Promise<void>;
  /** Ends all processes. */
  close(): Promise<void>;
};

/** @param size number of processes that stay started; more files get processes of their own */
export function createDecoderPool(size: number, ffmpeg: Ffmpeg): DecoderPool {
  const idle: DecoderChild[] = [];
  const busy = new Set<DecoderChild>();
  const waiters = new Set<(child: DecoderChild | undefined) => void>();
  const served = new WeakMap<DecoderChild, number>();
  let closed = false;

  const fill = () => {
    while (!closed && idle.length + busy.size < size) idle.push(new DecoderChild(ffmpeg));
  };
  const takeIdle = (): DecoderChild | undefined => {
    let child = idle.shift();
    while (child?.ended) child = idle.shift();
    if (child !== undefined) busy.add(child);
    return child;
  };
  const nextFree = async (): Promise<DecoderChild | undefined> => {
    const { promise, resolve } = Promise.withResolvers<DecoderChild | undefined>();
    const timer = setTimeout(() => resolve(undefined), patienceMs);
    waiters.add(resolve);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      waiters.delete(resolve);
    }
  };
  const serveWaiting = () => {
    for (const resolve of waiters) {
      const child = takeIdle();
      if (child === undefined) return;
      waiters.delete(resolve);
      resolve(child);
    }
  };

  fill();
  return {
    async take() {
      const isCrowded = size > 0 && busy.size >= size;
      const child = takeIdle() ?? (isCrowded ? await nextFree() : undefined) ?? new DecoderChild(ffmpeg);
      busy.add(child);
      return child;
    },
    async release(child, healthy) {
      busy.delete(child);
      const files = (served.get(child) ?? 0) + 1;
      served.set(child, files);
      const stays = healthy && !closed && idle.length + busy.size < size && files < filesPerChild;
      if (stays) idle.push(child);
      else await child.kill();
      fill();
      serveWaiting();
    },
    async close() {
      closed = true;
      for (const resolve of waiters) resolve(undefined);
      await Promise.all([...idle.splice(0), ...busy].map((child) => child.kill()));
    },
  };
}
