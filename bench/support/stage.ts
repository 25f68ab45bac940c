import { readFile } from 'node:fs/promises';
import { Redis } from 'ioredis';
import { until } from '../../tests/support/until.ts';
import type { BenchDatabase, BenchServer } from './database.ts';
import { Probed } from './probed.ts';
import { processorMsOfServer } from './processor-time.ts';
import { Telegram } from './telegram.ts';

/** Which parts of Dabir run: `queue` goes without media and documents, `voice` without documents. */
export const forms = ['queue', 'voice', 'documents'] as const;
export type Form = (typeof forms)[number];

export type StageSettings = {
  readonly form: Form;
  /** Null: PostgreSQL carries the tokens. */
  readonly redisUrl: string | null;
  /** Concurrent files in the worker. */
  readonly slots: number;
  /** Time of the engine for each file, in ms. */
  readonly engineMs?: number;
  /** Further variables of both. */
  readonly env?: Readonly<Record<string, string>>;
};

/** One bot and one worker as in production, each a process of its own, and a minimal Telegram in this one. */
export type Stage = {
  readonly telegram: Telegram;
  readonly database: BenchDatabase;
  readonly bot: Probed;
  readonly worker: Probed;
  /** Commands that BullMQ sent to Redis so far; 0 without Redis. */
  redisCommands(): Promise<number>;
  /** Processor time of the database's server so far, in ms; NaN where the system does not report it. */
  serverMs(): Promise<number>;
  close(): Promise<void>;
};

let stages = 0;

/** Starts bot and worker over a fresh database; resolves when the bot may offer the engine. */
export async function setStage(server: BenchServer, settings: StageSettings): Promise<Stage> {
  const { form, redisUrl, slots, engineMs = 0 } = settings;
  stages += 1;
  const database = await server.database(`stage_${stages}`);
  // Users of the other forms want no documents.
  if (form !== 'documents') {
    await database.query(`ALTER TABLE setting ALTER COLUMN documents SET DEFAULT '{"formats": []}'`);
  }
  const telegram = await Telegram.start(
    await readFile(new URL('../fixtures/voice-note-5s.oga', import.meta.url)),
  );
  const env = {
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    // The bench measures Dabir, not Telegram's rate limits.
    TELEGRAM_LIMITS: 'off',
    DATABASE_URL: database.url,
    REDIS_URL: redisUrl ?? '',
    DATA_DIR: server.dataDir,
    WEB_PORT: '0',
    WORKER_LOCAL: String(slots),
    // A flood has to be accepted, not refused.
    MAX_OPEN_FILES: '100000',
    MAX_OPEN_MINUTES: '1000000',
    // The crowd follows each file by its own message.
    BURST_SECONDS: '0',
    BENCH_FORM: form,
    BENCH_ENGINE_MS: String(engineMs),
    // As in production.
    MALLOC_ARENA_MAX: '2',
    ...settings.env,
  };
  const [worker, bot] = await Promise.all([
    Probed.start(new URL('./worker.ts', import.meta.url), env, 'worker'),
    Probed.start(new URL('../../src/main.ts', import.meta.url), env, 'bot'),
  ]);
  await until(async () => (await database.query('SELECT FROM engine_report')).length > 0);
  return {
    telegram,
    database,
    bot,
    worker,
    redisCommands: async () => (redisUrl === null ? 0 : commandsOf(redisUrl)),
    serverMs: () => processorMsOfServer(server.postgresDir),
    async close() {
      await Promise.all([bot.stop(), worker.stop()]);
      await telegram.close();
      await database.close();
    },
  };
}

/** Returns the number of scripts and blocking reads that a Redis ran; what scripts run within it is not counted. */
async function commandsOf(redisUrl: string): Promise<number> {
  const client = new Redis(redisUrl);
  const stats = await client.info('commandstats');
  client.disconnect();
  const calls = stats.matchAll(/^cmdstat_(?:evalsha|eval|bzpopmin):calls=(\d+)/gm);
  return [...calls].reduce((sum, [, count]) => sum + Number(count), 0);
}
