import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/embedded/postgres.ts';
import { startPlayground } from '../../src/playground/playground.ts';
import { migrate } from '../../src/store/migrate.ts';
import { breakRule, type Rule } from './broken-rules.ts';
import { Member, openLog } from './fleet.ts';
import { findViolations, type Violation } from './invariants.ts';
import { Crowd } from './people.ts';
import { seeded } from './random.ts';
import { Redis } from './redis.ts';

export type ChaosSettings = {
  readonly dataDir: string;
  readonly seed: number;
  readonly uploads: number;
  readonly people: number;
  readonly workers: number;
  readonly bots: number;
  readonly redis: boolean;
  /** Broken on purpose, to see whether it would be noticed. */
  readonly broken?: Rule;
  /** About so long between two blows, in milliseconds. */
  readonly blowMs: number;
  readonly onProgress?: (line: string) => void;
};

export type ChaosReport = {
  readonly uploads: number;
  readonly states: Readonly<Record<string, number>>;
  /** What was done to the fleet, and how often. */
  readonly blows: Readonly<Record<string, number>>;
  readonly duplicates: number;
  readonly seconds: number;
  readonly violations: readonly Violation[];
};

/** A lease short enough to see many of them lapse, in seconds. */
const leaseSeconds = 2;
const quietMs = 120_000;

/** Sends uploads through a fleet of real processes that is beaten by a seeded plan, then holds its history to account. */
export async function runChaos(settings: ChaosSettings): Promise<ChaosReport> {
  const startedAt = Date.now();
  const random = seeded(settings.seed);
  await mkdir(settings.dataDir, { recursive: true });
  const database = await startEmbeddedPostgres(settings.dataDir);
  const redis = settings.redis ? await Redis.start(join(settings.dataDir, 'redis')) : undefined;
  const token = '1000000001:chaos-only-not-a-real-token-000';
  const playground = await startPlayground({
    dataDir: join(settings.dataDir, 'playground'),
    host: '127.0.0.1',
    port: 0,
    token,
  });
  const logFile = join(settings.dataDir, 'fleet.log');
  const log = openLog(logFile);
  const env = {
    BOT_TOKEN: token,
    TELEGRAM_API_ROOT: playground.apiRoot,
    DATABASE_URL: database.url,
    REDIS_URL: redis?.url ?? '',
    LEASE_SECONDS: String(leaseSeconds),
    WORKER_LOCAL: '4',
    MAX_ATTEMPTS: '12',
    JOB_DEADLINE_MINUTES: '0.1',
  };
  await migrate(database.url);
  const client = new pg.Client({ connectionString: database.url });
  if (settings.broken !== undefined) await breakRule(database.url, settings.broken);
  const members = (script: string, count: number) =>
    Array.from({ length: count }, () => new Member(script, env, log));
  const [workers, bots] = [members('worker.ts', settings.workers), members('bot.ts', settings.bots)];
  const blows: Record<string, number> = {};
  try {
    const crowd = await Crowd.gather(playground.url, settings.people);
    const beating = new AbortController();
    const beaten = beat();
    await crowd.send(settings.uploads, bots, random, settings.onProgress);
    beating.abort();
    await beaten;
    await client.connect();
    await quiet(client);
    const albums = await crowd.albums();
    const tolerated = Object.values(blows).reduce((sum, count) => sum + count, 0);
    return {
      uploads: crowd.uploadKeys.size,
      states: await states(client),
      blows,
      duplicates: [...albums.values()].reduce((sum, count) => sum + Math.max(0, count - 1), 0),
      seconds: Math.round((Date.now() - startedAt) / 1000),
      violations: await findViolations(client, crowd.uploadKeys, albums, tolerated, logFile),
    };

    async function beat(): Promise<void> {
      const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
      const kinds: [string, number, () => unknown][] = [
        ['worker killed', 8, () => pick(workers).kill()],
        ['bot killed', 3, () => pick(bots).kill()],
        ['worker paused past its lease', 3, () => void pick(workers).pause(leaseSeconds * 1_500)],
        ['worker redeployed', 2, () => pick(workers).redeploy()],
        ['database crashed', 1, () => crashDatabase(settings.dataDir, database.url)],
        ...(redis === undefined
          ? []
          : ([
              ['redis emptied', 2, () => redis.flush()],
              ['redis killed', 1, () => redis.restart()],
            ] as [string, number, () => unknown][])),
      ];
      const weighted = kinds.flatMap(([name, weight, blow]) =>
        Array.from({ length: weight }, () => ({ name, blow })),
      );
      while (!beating.signal.aborted) {
        await sleep(settings.blowMs * (0.5 + random()));
        const { name, blow } = pick(weighted);
        blows[name] = (blows[name] ?? 0) + 1;
        await blow();
      }
    }
  } finally {
    await Promise.all([...workers, ...bots].map((member) => member.stop()));
    await client.end().catch(() => undefined);
    await playground.close();
    await redis?.stop();
    await database.stop();
    log.end();
  }
}

/** One killed backend, and PostgreSQL throws everybody out and recovers from its log, as after a power cut. */
async function crashDatabase(dataDir: string, url: string): Promise<void> {
  const postmaster = Number(
    (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0],
  );
  const victim = new pg.Client({ connectionString: url });
  victim.on('error', () => undefined);
  try {
    await victim.connect();
    const { rows } = await victim.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    if (rows[0] !== undefined && rows[0].pid !== postmaster) process.kill(rows[0].pid, 'SIGKILL');
  } catch {
    // It is recovering from the last blow.
  } finally {
    await victim.end().catch(() => undefined);
  }
}

/** Until every file has ended and every answer is sent; what has not by then is a violation. */
async function quiet(client: pg.Client): Promise<void> {
  for (const end = Date.now() + quietMs; Date.now() < end; await sleep(500)) {
    const { rows } = await client.query<{ open: string }>(
      `SELECT count(*) AS open FROM transcription
        WHERE state NOT IN ('COMPLETED', 'FAILED', 'CANCELLED') OR "deliverAfter" IS NOT NULL`,
    );
    if (rows[0]?.open === '0') return;
  }
}

async function states(client: pg.Client): Promise<Record<string, number>> {
  const { rows } = await client.query<{ state: string; count: string }>(
    `SELECT state, count(*) FROM transcription GROUP BY state ORDER BY state`,
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
}
