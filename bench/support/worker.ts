/**
 * A worker as in production, except for its engine, which returns the same transcript for every file after
 * BENCH_ENGINE_MS, and except for the parts that BENCH_FORM leaves out.
 */
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobWiring } from '../../src/compose/worker.ts';
import type { Engine } from '../../src/domain/engine.ts';
import { localProfile } from '../../src/engines/local/profile.ts';
import { loadConfig, type RoleConfig, requireRole, telegramApiRoot } from '../../src/runtime/config.ts';
import { loadEnvironment } from '../../src/runtime/environment.ts';
import { createLogger } from '../../src/runtime/log.ts';
import { runRole } from '../../src/runtime/role.ts';
import { createMessenger } from '../../src/telegram/messenger.ts';
import { RateLimiter } from '../../src/telegram/rate-limiter.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { startWorker } from '../../worker/start-worker.ts';

await runRole(async () => {
  const env = loadEnvironment();
  const config = requireRole(loadConfig(env));
  const log = createLogger(config, 'worker');
  const engine = createInstantEngine(Number(env['BENCH_ENGINE_MS'] ?? 0));
  return {
    log,
    role: startWorker(config, [engine], log, {
      replacements: leftOut(env['BENCH_FORM'] ?? 'documents', config),
    }),
  };
});

/** Returns the replacements for the parts that a form leaves out; `documents` leaves out none. */
function leftOut(form: string, config: RoleConfig): Partial<JobWiring> {
  if (form === 'documents') return {};
  const telegram = {
    token: config.BOT_TOKEN,
    apiRoot: telegramApiRoot(config),
    rateLimiter: new RateLimiter({ isLimited: false }),
  };
  const messenger = createMessenger(telegram, loadTexts());
  const noDocuments: Partial<JobWiring> = {
    messenger: { ...messenger, showActivity: async () => undefined },
  };
  if (form === 'voice') return noDocuments;
  return {
    ...noDocuments,
    audioSource: { download: (_, path) => writeFile(path, '').then(() => null) },
    decoder: {
      decode: async (_, path) => ({ path, durationSeconds: 5, lostSeconds: 0, loudness }),
      cut: async () => undefined,
    },
  };
}

/** Levels of five seconds with speech throughout. */
const loudness = { levels: new Uint8Array(250).fill(25), stepSeconds: 0.02 };

function createInstantEngine(tookMs: number): Engine {
  return {
    profile: localProfile,
    prepare: () => undefined,
    readiness: () => ({ state: 'ready' }),
    whenReady: async () => undefined,
    async transcribe({ durationSeconds: end }, { language }, { signal }) {
      if (tookMs > 0) await sleep(tookMs, undefined, { signal });
      const unknown = { averageLogProbability: null, noSpeechProbability: null, compressionRatio: null };
      const segment = { start: 0, end, text: spoken, words: [], ...unknown };
      return { language: language ?? 'fa', languageProbability: null, segments: [segment], cost: null };
    },
    close: async () => undefined,
  };
}

/** A typical transcript of five seconds. */
const spoken = 'سلام، این یک پیام صوتی کوتاه است که برای سنجش سرعت دبیر فرستاده شده است.';
