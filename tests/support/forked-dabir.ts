import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FloodOptions, type Playground, startPlayground } from 'telegram-playground';
import { isAllSentIn } from './all-sent.ts';
import { ControlledEngine } from './controlled-engine.ts';
import { Fork } from './fork.ts';
import { Person } from './person.ts';
import { resets } from './resets.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';
import { until } from './until.ts';

const token = '1000000001:AAtests-only-not-a-real-token-0123';

type Environment = Readonly<Record<string, string>>;

/**
 * A whole Dabir of real processes: a bot and as many workers as a test starts, with Telegram in the test's
 * own process.
 */
export type ForkedDabir = {
  readonly playground: Playground;
  /** Decides what the workers' engines return. */
  readonly engine: ControlledEngine;
  /** A database connection of the test's own. */
  readonly database: TestDatabase;
  readonly databaseUrl: string;
  /** Starts the bot of production, which polls. */
  startBot(env?: Environment): Promise<Fork>;
  /** Starts a bot that gets its updates from the test, as from a webhook; any number of these. */
  startWebhookBot(env?: Environment): Promise<Fork>;
  /** Starts a worker; resolves when bots may offer its engine. */
  startWorker(env?: Environment, command?: Parameters<typeof Fork.start>[2]): Promise<Fork>;
  /** Starts a worker as in production, with the engines that its environment names. */
  startEngineWorker(env?: Environment): Promise<Fork>;
  person(firstName: string, language: string): Promise<Person>;
  /** Ends all processes, also paused and dead ones. */
  close(): Promise<void>;
};

/**
 * Starts all but the processes themselves.
 * @param env for every process, above the usual: a lease short enough to see it lapse
 * @param databaseUrl another database than a fresh one
 * @param flood a Telegram that minds how fast the bot is; without it limits are off on both sides
 */
export async function startForkedDabir({
  env = {},
  databaseUrl,
  flood,
}: {
  readonly env?: Environment;
  readonly databaseUrl?: string;
  readonly flood?: FloodOptions;
} = {}): Promise<ForkedDabir> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dabir-forked-'));
  // Only a test has vitest's database; programs bring their own.
  const fresh =
    databaseUrl === undefined ? await (await import('./databases.ts')).freshDatabase() : undefined;
  const url = databaseUrl ?? fresh?.url ?? '';
  const playground = await startPlayground({
    dataDir: join(dataDir, 'playground'),
    host: '127.0.0.1',
    port: 0,
    token,
    ...(flood !== undefined && { flood }),
  });
  const engine = await ControlledEngine.open();
  const database = openTestDatabase(url, 3);
  const shared = {
    BOT_TOKEN: token,
    TELEGRAM_API_ROOT: playground.apiRoot,
    TELEGRAM_LIMITS: flood === undefined ? 'off' : 'on',
    DATABASE_URL: url,
    REDIS_URL: '',
    DATA_DIR: dataDir,
    WEB_PORT: '0',
    LEASE_SECONDS: '2',
    SHUTDOWN_GRACE_SECONDS: '0',
    LOG_LEVEL: 'debug',
    // Each file has messages of its own, by which these tests follow it.
    BURST_SECONDS: '0',
    CONTROLLED_ENGINE_URL: engine.url,
    ...env,
  };
  const forks: Fork[] = [];
  const people: Person[] = [];
  const reset = () => {
    engine.reset();
    playground.faults.clear();
  };
  resets.add(reset);
  const start = async (script: URL, own: Environment, command?: Parameters<typeof Fork.start>[2]) => {
    const fork = await Fork.start(script, { ...shared, ...own }, command);
    forks.push(fork);
    return fork;
  };
  const startReporting: typeof start = async (script, own, command) => {
    const worker = await start(script, own, command);
    await until(() => database.engineReport.count({ where: { worker: { contains: `:${worker.pid}:` } } }));
    return worker;
  };
  return {
    playground,
    engine,
    database,
    databaseUrl: url,
    startBot: (own = {}) => start(new URL('../../src/main.ts', import.meta.url), own),
    startWebhookBot: (own = {}) => start(new URL('./webhook-bot.ts', import.meta.url), own),
    startWorker: (own = {}, command) =>
      // Its engine is local, so that more decoders than these would idle.
      startReporting(new URL('./forked-worker.ts', import.meta.url), { WORKER_REMOTE: '0', ...own }, command),
    startEngineWorker: (own = {}) => startReporting(new URL('../../worker/main.ts', import.meta.url), own),
    async person(firstName, language) {
      const person = await Person.join(playground.url, firstName, language, isAllSentIn(database));
      people.push(person);
      return person;
    },
    async close() {
      resets.delete(reset);
      for (const person of people) person.leave();
      playground.faults.clear();
      await Promise.all(forks.map((fork) => fork.stop()));
      await database.close();
      await engine.close();
      await playground.close();
      await fresh?.drop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
