import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import type { Lanes } from '../../src/app/ports/lanes.ts';
import type { DabirBot } from '../../src/bot/bot.ts';
import { loadConfig, requireRole } from '../../src/config.ts';
import { type LinkRules, publicWeb } from '../../src/links/rules.ts';
import { type Playground, startPlayground } from '../../src/playground/playground.ts';
import type { FloodOptions } from '../../src/playground/testing/flood.ts';
import { startBot } from '../../src/start-bot.ts';
import { type Shared, wireShared } from '../../src/wiring.ts';
import { startWorker } from '../../worker/start-worker.ts';
import { freshDatabase } from './databases.ts';
import { Person } from './person.ts';
import { ScriptedEngine } from './scripted-engine.ts';

/** Looks like a real one, so that a log that repeats it is found out. */
export const token = '1000000001:AAtoken-that-no-log-may-repeat-0123';

export type ScriptedDabir = {
  readonly playground: Playground;
  readonly databaseUrl: string;
  readonly shared: Shared;
  readonly bot: DabirBot;
  readonly engine: ScriptedEngine;
  /** Every line that bot and worker logged, with nothing cut out. */
  readonly logged: string[];
  /** Somebody new comes into the playground. */
  person(firstName: string, language: string): Promise<Person>;
  /** Ends the bot alone, as a deploy does. */
  stopBot(): Promise<void>;
  /** Another bot in its place, as a deploy does; `bot` stays the first one. */
  restartBot(): Promise<void>;
  /** Ends everything, in the order in which the roles do. */
  close(): Promise<void>;
};

/** A whole Dabir in this process: playground, database, bot and worker; only the engine is scripted. */
export async function startScriptedDabir({
  engine = new ScriptedEngine(),
  downloadLimitMegabytes = 20,
  databaseUrl,
  lanes = (real) => real,
  settings = {},
  linkRules = publicWeb,
  flood,
}: {
  readonly engine?: ScriptedEngine;
  readonly downloadLimitMegabytes?: number;
  /** Another database than a fresh one of the test run. */
  readonly databaseUrl?: string;
  /** What the bot gets for its lanes, for a database that has a bad moment. */
  readonly lanes?: (real: Lanes) => Lanes;
  /** Variables of the configuration. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where links may lead; servers of tests are on this machine. */
  readonly linkRules?: LinkRules;
  /** A Telegram that minds how fast the bot is; without it limits are off on both sides. */
  readonly flood?: FloodOptions;
} = {}): Promise<ScriptedDabir> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dabir-bot-'));
  const database =
    databaseUrl === undefined ? await freshDatabase() : { url: databaseUrl, drop: () => undefined };
  const playground = await startPlayground({
    dataDir: join(dataDir, 'playground'),
    host: '127.0.0.1',
    port: 0,
    token,
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
      // A cancel reaches a running file within a quarter of it.
      LEASE_SECONDS: '3',
      SHUTDOWN_GRACE_SECONDS: '0',
      ...settings,
    }),
  );
  const logged: string[] = [];
  const log = logger(logged);

  const wired = wireShared(config, log, linkRules);
  const shared = { ...wired, lanes: lanes(wired.lanes) };
  const start = () =>
    startBot(config, shared, log, (error) => {
      throw error;
    });
  let running = await start();
  const { bot } = running;
  const worker = startWorker(config, [engine], log, { firstBackoffMs: 200, outboxDelayMs: 500 }, linkRules);
  if (engine.readiness().state !== 'unavailable') await untilOffered(shared);

  const people: Person[] = [];
  return {
    playground,
    databaseUrl: database.url,
    shared,
    bot,
    engine,
    logged,
    async person(firstName, language) {
      const person = await Person.join(playground.url, firstName, language);
      people.push(person);
      return person;
    },
    stopBot: () => running.stop(),
    async restartBot() {
      await running.stop();
      running = await start();
    },
    async close() {
      for (const person of people) person.leave();
      playground.faults.clear();
      await running.stop();
      await worker.stop();
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

/** Until the worker's first report is there, the bot would say that no engine can listen. */
async function untilOffered({ database }: Shared): Promise<void> {
  while ((await database.engineReport.count()) === 0) await new Promise((resolve) => setImmediate(resolve));
}
