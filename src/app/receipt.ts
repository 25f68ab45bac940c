import type { Cost } from '../domain/engine.ts';
import type { EngineId } from '../domain/engine-names.ts';
import type { Usage } from './ports/lanes.ts';

export type Stage = 'download' | 'decode' | 'listen';

/** Adds up what a file takes while it is worked on, so that it is known however the work ends. */
export type Receipt = {
  /** Does a stage's work and counts its time. */
  timed<T>(stage: Stage, work: () => Promise<T>): Promise<T>;
  /** The length of the audio is known now, in seconds. */
  setAudio(seconds: number): void;
  /** The engine was given so many more seconds. */
  addListened(seconds: number): void;
  /** What all parts cost so far; null while nobody knows. */
  setCost(cost: Cost | null): void;
  /** Since the work began, in seconds. */
  wallSeconds(): number;
  /** Null when no engine has been given anything. */
  usage(): Usage | null;
};

/** An empty receipt for work on this engine. */
export function createReceipt(engine: EngineId): Receipt {
  const startedAt = performance.now();
  const ms = { download: 0, decode: 0, listen: 0 };
  let audioSeconds = 0;
  let listenedSeconds = 0;
  let cost: Cost | null = null;
  return {
    async timed(stage, work) {
      const from = performance.now();
      try {
        return await work();
      } finally {
        ms[stage] += Math.round(performance.now() - from);
      }
    },
    setAudio(seconds) {
      audioSeconds = seconds;
    },
    addListened(seconds) {
      listenedSeconds += seconds;
    },
    setCost(known) {
      cost = known;
    },
    wallSeconds: () => (performance.now() - startedAt) / 1000,
    usage() {
      if (listenedSeconds === 0) return null;
      const times = { downloadMs: ms.download, decodeMs: ms.decode, listenMs: ms.listen };
      return { engine, audioSeconds, listenedSeconds, ...times, cost };
    },
  };
}
