import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../src/domain/engine.ts';
import { DabirError } from '../../src/domain/errors.ts';
import { localProfile } from '../../src/engines/local/profile.ts';

/**
 * Creates an engine in place of LOCAL that is fast, slow, wrong or hung, as a paid service might be.
 * @param slowMs time for each file in ms, in place of the random behaviour
 * @param random decides on the behaviour
 * @param beforeAnswer called when a file is transcribed and about to be committed
 */
export function createUnreliableEngine(
  slowMs: number,
  random: () => number,
  beforeAnswer: () => void = () => undefined,
): Engine {
  return {
    profile: localProfile,
    prepare: () => undefined,
    readiness: () => ({ state: 'ready' }),
    whenReady: async () => undefined,
    async transcribe({ durationSeconds }, { language }, { signal, onProgress }) {
      if (slowMs > 0) await sleep(slowMs, undefined, { signal });
      const draw = random();
      // Hangs until the deadline, a cancel or a lost lease ends the job.
      if (draw < 0.01) await sleep(600_000, undefined, { signal });
      await sleep(10 + random() * 150, undefined, { signal });
      onProgress(0.5);
      if (draw < 0.06) throw new DabirError('engine_failed', 'a bad moment', { retryAfterMs: 50 });
      if (draw < 0.09) throw new DabirError('engine_rejected', 'not this one');
      const segment = { start: 0, end: durationSeconds, text: 'سلام دنیا', words: [] };
      beforeAnswer();
      const unknown = { averageLogProbability: null, noSpeechProbability: null, compressionRatio: null };
      return {
        language: language ?? 'fa',
        languageProbability: null,
        segments: [{ ...segment, ...unknown }],
        cost: null,
      };
    },
    close: async () => undefined,
  };
}
