import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { startPlayground } from 'telegram-playground';
import { openBackend, type TokenBackend } from '../../src/queue/backend.ts';
import { type Breakage, breakRule, isRule } from './broken-rules.ts';
import { askOddUsers } from './burst-presses.ts';
import { Database } from './database.ts';
import { Member, openLog } from './fleet.ts';
import { keepHistory } from './history.ts';
import { Redis } from './redis.ts';

/** Everything that a run needs: Telegram, a database, Redis if asked for, and a fleet of bots and workers. */
export type Stage = {
  readonly playgroundUrl: string;
  readonly database: Database;
  readonly redis: Redis | undefined;
  readonly tokens: TokenBackend;
  readonly workers: readonly Member[];
  readonly bots: readonly Member[];
  /** The log of all processes. */
  readonly logFile: string;
  /** The folder for the processes' temporary files. */
  readonly temporaryFolder: string;
  /** Ends the processes of the fleet in order; everything else keeps running. */
  stopFleet(): Promise<void>;
  close(): Promise<void>;
};

export type StageSettings = {
  readonly dataDir: string;
  readonly seed: number;
  readonly workers: number;
  readonly bots: number;
  readonly redis: boolean;
  /** What is broken on purpose, to see that the run detects it. */
  readonly broken?: Breakage;
};

const token = '1000000001:chaos-only-not-a-real-token-000';

/** Starts all parts, with their data in `dataDir`. */
export async function setStage(settings: StageSettings): Promise<Stage> {
  const { dataDir, seed } = settings;
  const temporaryFolder = join(dataDir, 'tmp');
  await mkdir(temporaryFolder, { recursive: true });
  // Redis comes first: it may be missing on this machine, and then nothing else has to be stopped.
  const redis = settings.redis ? await Redis.start(join(dataDir, 'redis')) : undefined;
  const database = await Database.start(dataDir);
  await keepHistory(database.pool);
  await askOddUsers(database.pool);
  const { broken } = settings;
  if (broken !== undefined && isRule(broken)) await breakRule(database.url, broken);
  const playground = await startPlayground({
    dataDir: join(dataDir, 'playground'),
    host: '127.0.0.1',
    port: 0,
    token,
  });
  const tokens = openBackend(
    { databaseUrl: database.url, redisUrl: redis?.url ?? null },
    pino({ level: 'silent' }),
  );
  const logFile = join(dataDir, 'fleet.log');
  const log = openLog(logFile);
  const env = {
    ...fleetEnvironment(dataDir, temporaryFolder),
    TELEGRAM_API_ROOT: playground.apiRoot,
    TELEGRAM_LIMITS: 'off',
    DATABASE_URL: database.url,
    REDIS_URL: redis?.url ?? '',
    CHAOS_BREAK: broken ?? '',
  };
  const members = (script: string, count: number) =>
    Array.from(
      { length: count },
      (_, index) => new Member(script, { ...env, CHAOS_ENGINE_SEED: String(seed + index * 10_000) }, log),
    );
  const workers = members('worker.ts', settings.workers);
  const bots = members('bot.ts', settings.bots);
  // A paused process cannot notice that the driver has gone.
  const killAll = () => {
    for (const member of [...workers, ...bots]) member.kill();
    void redis?.stop();
  };
  process.once('exit', killAll);
  const stopFleet = async () => {
    await Promise.all([...workers, ...bots].map((member) => member.stop()));
  };
  return {
    playgroundUrl: playground.url,
    database,
    redis,
    tokens,
    workers,
    bots,
    logFile,
    temporaryFolder,
    stopFleet,
    async close() {
      await stopFleet();
      process.off('exit', killAll);
      await tokens.close();
      await playground.close();
      await redis?.stop();
      await database.stop();
      log.end();
    },
  };
}

function fleetEnvironment(dataDir: string, temporaryFolder: string): Record<string, string> {
  return {
    BOT_TOKEN: token,
    WORKER_LOCAL: '4',
    // Short enough for many leases and deadlines to run out.
    LEASE_SECONDS: '2',
    JOB_DEADLINE_MINUTES: '0.1',
    SHUTDOWN_GRACE_SECONDS: '1',
    MAX_ATTEMPTS: '12',
    // A flood has to be accepted, not refused.
    MAX_OPEN_FILES: '100000',
    MAX_OPEN_MINUTES: '1000000',
    TMPDIR: temporaryFolder,
    TEMP: temporaryFolder,
    // Hundreds of starts are a large share of a run's work.
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? join(dataDir, 'compiled'),
  };
}
