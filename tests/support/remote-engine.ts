import type { Engine } from '../../src/domain/engine.ts';
import { DabirError } from '../../src/domain/errors.ts';
import { localProfile } from '../../src/engines/local/profile.ts';
import type { Reply } from './controlled-engine.ts';

/**
 * Creates an engine in place of LOCAL that asks a test's `ControlledEngine` for its transcripts, as one would ask a
 * service.
 */
export function createRemoteEngine(engineUrl: string): Engine {
  return {
    profile: localProfile,
    prepare: () => undefined,
    readiness: () => ({ state: 'ready' }),
    whenReady: async () => undefined,
    async transcribe({ durationSeconds }, { language }, { signal }) {
      const response = await fetch(engineUrl, {
        method: 'POST',
        body: JSON.stringify({ worker: process.pid }),
        signal,
      });
      const reply = (await response.json()) as Reply;
      if ('fails' in reply) {
        const { fails, retryAfterMs } = reply;
        throw new DabirError(fails, 'the engine says so', retryAfterMs === undefined ? {} : { retryAfterMs });
      }
      const unknown = { averageLogProbability: null, noSpeechProbability: null, compressionRatio: null };
      return {
        language: language ?? 'fa',
        languageProbability: null,
        segments: [{ start: 0, end: durationSeconds, text: reply.text, words: [], ...unknown }],
        cost: null,
      };
    },
    close: async () => undefined,
  };
}
