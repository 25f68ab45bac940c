import type { Cost } from '../../domain/engine.ts';
import type { EngineId } from '../../domain/engine-names.ts';
import type { Usage } from '../ports/lanes.ts';

export type Stage = 'download' | 'decode' | 'transcribe';

/** Adds up the usage of a job, so that it is known however the job ends. */
export type UsageRecorder = {
  /** Runs a stage and counts its time. */
  timed<T>(stage: Stage, work: () => Promise<T>): Promise<T>;
  /** Sets the length of the audio, in seconds. */
  setAudio(seconds: number): void;
  /** Adds the seconds of audio that were sent to the engine. */
  addSent(seconds: number): void;
  /** Sets the cost of all chunks so far; null while unknown. */
  setCost(cost: Cost | null): void;
  /** Returns the seconds since the work began. */
  wallSeconds(): number;
  /** Returns the usage; null when no audio was sent to the engine. */
  usage(): Usage | null;
  /** Returns the usage of work that was ended early: only the seconds that the engine got count as audio. */
  usageSoFar(): Usage | null;
};

/** Creates a recorder for work on this engine. */
export function createUsageRecorder(engine: EngineId): UsageRecorder {
  const startedAt = performance.now();
  const ms = { download: 0, decode: 0, transcribe: 0 };
  let audioSeconds = 0;
  let sentSeconds = 0;
  let cost: Cost | null = null;
  const usageOf = (seconds: number): Usage | null => {
    if (sentSeconds === 0) return null;
    const times = { downloadMs: ms.download, decodeMs: ms.decode, transcribeMs: ms.transcribe };
    return { engine, audioSeconds: seconds, sentSeconds, ...times, cost };
  };
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
    addSent(seconds) {
      sentSeconds += seconds;
    },
    setCost(known) {
      cost = known;
    },
    wallSeconds: () => (performance.now() - startedAt) / 1000,
    usage: () => usageOf(audioSeconds),
    usageSoFar: () => usageOf(Math.min(audioSeconds, sentSeconds)),
  };
}
