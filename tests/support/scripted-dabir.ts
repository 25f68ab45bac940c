import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import type { FloodOptions } from 'telegram-playground';
import { type Playground, startPlayground } from 'telegram-playground';
import type { Lanes } from '../../src/app/ports/lanes.ts';
import type { SpeakerFinder } from '../../src/app/ports/speakers.ts';
import type { DabirBot } from '../../src/bot/bot.ts';
import { type Shared, wireShared } from '../../src/compose/shared.ts';
import { startBot } from '../../src/compose/start-bot.ts';
import { type LinkRules, publicWeb } from '../../src/features/links/address/rules.ts';
import { loadConfig, requireRole } from '../../src/runtime/config.ts';
import type { Config } from '../../src/runtime/config-schema.ts';
import { startWorker } from '../../worker/start-worker.ts';
import { isAllSentIn } from './all-sent.ts';
import { freshDatabase } from './databases.ts';
import { Person } from './person.ts';
import { resets } from './resets.ts';
import { ScriptedEngine } from './scripted-engine.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';
import { until } from './until.ts';

/**
 * Intervals of bot and worker in these tests, in ms. With those of production, 1 s and 3 s, most of the tests' time is
 * waiting for the next round.
 */
const intervals = { 'due work': 200, 'engine reports': 500 };

/** Looks like a real token, so that a log that repeats it is detected. */
export const token = '1000000001:AAtoken-that-no-log-may-repeat-0123';

export type ScriptedDabir = {
  readonly playground: Playground;
  readonly databaseUrl: string;
  /** What bot and worker share; its database has Prisma's models too. */
  readonly shared: Shared & { readonly database: TestDatabase };
  readonly bot: DabirBot;
  readonly engine: ScriptedEngine;
  /** Every line that bot and worker logged; unredacted without `createLog`. */
  readonly logged: string[];
  /** Adds a new person to the playground. */
  person(firstName: string, language: string): Promise<Person>;
  /** Stops the bot alone, as a deploy does. */
  stopBot(): Promise<void>;
  /** Replaces the bot by a new one, as a deploy does; `bot` stays the first one. */
  restartBot(): Promise<void>;
  /** Stops everything, in the order in which the roles stop. */
  close(): Promise<void>;
};

/**
 * Starts a whole Dabir in this process: playground, database, bot and worker; only the engine is scripted.
 */
export async function startScriptedDabir({
  engine = new ScriptedEngine(),
  others = [new ScriptedEngine({}, 'openai')],
  downloadLimitMegabytes = 20,
  attentionMs = 600_000,
  databaseUrl,
  lanes = (real) => real,
  formsBursts = false,
  settings = {},
  linkRules = publicWeb,
  flood,
  connectsToBusiness = true,
  createLog = logger,
  speakers,
}: {
  readonly engine?: ScriptedEngine;
  /** Engines beside it, so that there is a choice; without any, files start by themselves. */
  readonly others?: readonly ScriptedEngine[];
  readonly downloadLimitMegabytes?: number;
  /**
   * Time for which users look at the chat, in ms. A long one by default: on a busy machine a file may take long, and
   * its status message stays the same all the same.
   */
  readonly attentionMs?: number;
  /** A database in place of a fresh one. */
  readonly databaseUrl?: string;
  /** True: uploads that come within seconds get one message; else each is answered by itself. */
  readonly formsBursts?: boolean;
  /** Wraps the bot's lanes, for a database that fails at times. */
  readonly lanes?: (real: Lanes) => Lanes;
  /** Variables of the configuration. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where links may lead; servers of tests are on this machine. */
  readonly linkRules?: LinkRules;
  /** Rate limits as Telegram has them; without this option they are off on both sides. */
  readonly flood?: FloodOptions;
  /** Tells speakers apart in place of the models. */
  readonly speakers?: Pick<SpeakerFinder, 'find' | 'describe'>;
  /** Whether Telegram lets people connect the bot to their accounts. */
  readonly connectsToBusiness?: boolean;
  /** Creates the log in place of one that keeps the lines as they are. */
  readonly createLog?: (lines: string[], config: Config) => Logger;
} = {}): Promise<ScriptedDabir> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dabir-bot-'));
  const database =
    databaseUrl === undefined ? await freshDatabase() : { url: databaseUrl, drop: () => undefined };
  const playground = await startPlayground({
    dataDir: join(dataDir, 'playground'),
    host: '127.0.0.1',
    port: 0,
    token,
    connectsToBusiness,
    ...(flood !== undefined && { flood }),
  });
  const config = requireRole(
    loadConfig({
      BOT_TOKEN: token,
      TELEGRAM_API_ROOT: playground.apiRoot,
      TELEGRAM_LIMITS: flood === undefined ? 'off' : 'on',
      TELEGRAM_DOWNLOAD_LIMIT_MB: String(downloadLimitMegabytes),
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      TIME_ZONE: 'Asia/Tehran',
      // A running file notices a lost lease within this time.
      LEASE_SECONDS: '3',
      SHUTDOWN_GRACE_SECONDS: '0',
      // The engine is local: one decoder is enough.
      WORKER_REMOTE: '0',
      ...(!formsBursts && { BURST_SECONDS: '0' }),
      ...settings,
    }),
  );
  const logged: string[] = [];
  const log = createLog(logged, config);

  const wired = wireShared(config, log, linkRules);
  const models = openTestDatabase(database.url, 2);
  const shared = { ...wired, lanes: lanes(wired.lanes), database: models };
  const start = () =>
    startBot(
      config,
      shared,
      log,
      (error) => {
        throw error;
      },
      intervals,
    );
  let running = await start();
  const { bot } = running;
  const worker = startWorker(config, [engine, ...others], log, {
    replacements: {
      ...{ firstBackoffMs: 200, outboxDelayMs: 500, attentionMs },
      ...(speakers !== undefined && { speakers }),
    },
    linkRules,
    intervals,
  });
  if (engine.readiness().state !== 'unavailable') await untilOffered(models, 1 + others.length);

  const people: Person[] = [];
  const reset = () => {
    for (const each of [engine, ...others]) each.reset();
    playground.faults.clear();
  };
  resets.add(reset);
  return {
    playground,
    databaseUrl: database.url,
    shared,
    bot,
    engine,
    logged,
    async person(firstName, language) {
      const person = await Person.join(playground.url, firstName, language, isAllSentIn(models));
      people.push(person);
      return person;
    },
    stopBot: () => running.stop(),
    async restartBot() {
      await running.stop();
      running = await start();
    },
    async close() {
      resets.delete(reset);
      for (const person of people) person.leave();
      playground.faults.clear();
      await running.stop();
      await worker.stop();
      await models.close();
      await shared.close();
      await playground.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function logger(lines: string[]): Logger {
  return pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
}

/** Waits for the worker's first report, before which the bot would say that no engine is available. */
async function untilOffered(database: TestDatabase, engines: number): Promise<void> {
  await until(async () => (await database.engineReport.count()) === engines);
}
