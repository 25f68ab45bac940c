import { DecoderChild } from './decoder-child.ts';
import type { Ffmpeg } from './protocol.ts';

/** A process is replaced after this many files, so that nothing that leaks adds up (4 MB in 3,700 were measured). */
const filesPerChild = 500;

/** A file waits so long for a process that is there, in milliseconds: starting one costs a tenth of a second of a core. */
const patienceMs = 1_000;

export type DecoderPool = {
  /** A process of one's own: an idle one, else the next to be free within a moment, else a new one. */
  take(): Promise<DecoderChild>;
  /** Resolves when the process is free for others or, unless `healthy`, gone. */
  giveBack(child: DecoderChild, healthy: boolean): Promise<void>;
  /** Ends all processes. */
  close(): Promise<void>;
};

/** @param size processes that are kept started; beyond them each file may have its own */
export function createDecoderPool(size: number, ffmpeg: Ffmpeg): DecoderPool {
  const idle: DecoderChild[] = [];
  const busy = new Set<DecoderChild>();
  const waiting = new Set<(child: DecoderChild | undefined) => void>();
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
    waiting.add(resolve);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      waiting.delete(resolve);
    }
  };
  const serveWaiting = () => {
    for (const resolve of waiting) {
      const child = takeIdle();
      if (child === undefined) return;
      waiting.delete(resolve);
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
    async giveBack(child, healthy) {
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
      for (const resolve of waiting) resolve(undefined);
      await Promise.all([...idle.splice(0), ...busy].map((child) => child.kill()));
    },
  };
}
