import { DecoderChild } from './decoder-child.ts';
import type { Ffmpeg } from './protocol.ts';

/** A process is replaced after this many files, to bound memory leaks (4 MB were measured in 3,700 files). */
const filesPerChild = 500;

/** Maximum wait for a busy process, in ms; starting a new one costs 0.1 s of a core. */
const patienceMs = 1_000;

/** A process without a file for this time ends, in ms: it takes 60 MB of its own, and a new one 0.1 s of a core. */
export const defaultIdleMs = 60_000;

/** Decoding processes that are started when needed and reused. */
export type DecoderPool = {
  /** Returns an idle process, else the next one that becomes free within a second, else a new one. */
  acquire(): Promise<DecoderChild>;
  /**
   * Returns a process to the pool, where it ends after the idle time; an unhealthy one is killed. Resolves when that
   * is done.
   */
  release(child: DecoderChild, healthy: boolean): Promise<void>;
  /** Ends all processes. */
  close(): Promise<void>;
};

/**
 * @param size number of processes that are reused; more files get processes of their own
 * @param idleMs a process without a file for this time ends, in ms
 */
export function createDecoderPool(size: number, ffmpeg: Ffmpeg, idleMs: number): DecoderPool {
  /** Idle processes with the timers that end them. */
  const idle = new Map<DecoderChild, NodeJS.Timeout>();
  const busy = new Set<DecoderChild>();
  const waiters = new Set<(child: DecoderChild | undefined) => void>();
  const served = new WeakMap<DecoderChild, number>();
  let closed = false;

  const rest = (child: DecoderChild) => {
    const end = () => {
      idle.delete(child);
      void child.kill();
    };
    idle.set(child, setTimeout(end, idleMs).unref());
  };
  /** Takes the process that worked last, so that those that are not needed reach their idle time. */
  const takeIdle = (): DecoderChild | undefined => {
    for (const [child, timer] of [...idle].reverse()) {
      clearTimeout(timer);
      idle.delete(child);
      if (child.ended) continue;
      busy.add(child);
      return child;
    }
    return undefined;
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

  return {
    async acquire() {
      const isCrowded = size > 0 && busy.size >= size;
      const child = takeIdle() ?? (isCrowded ? await nextFree() : undefined) ?? new DecoderChild(ffmpeg);
      busy.add(child);
      return child;
    },
    async release(child, healthy) {
      busy.delete(child);
      const files = (served.get(child) ?? 0) + 1;
      served.set(child, files);
      const stays = healthy && !closed && idle.size + busy.size < size && files < filesPerChild;
      if (stays) rest(child);
      else await child.kill();
      serveWaiting();
    },
    async close() {
      closed = true;
      for (const resolve of waiters) resolve(undefined);
      for (const timer of idle.values()) clearTimeout(timer);
      await Promise.all([...idle.keys(), ...busy].map((child) => child.kill()));
      idle.clear();
    },
  };
}
