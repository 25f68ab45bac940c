import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Stage } from './stage.ts';
import type { Supervised } from './supervised.ts';

/** A disturbance of an installation. */
export type Blow = {
  readonly name: string;
  /**
   * `kill`: processes of Dabir die. `absence`: they start while a service that they need is down. `restart`:
   * neither.
   */
  readonly kind: 'kill' | 'absence' | 'restart';
  readonly strike: (stage: Stage) => Promise<void>;
};

/** Downtime of a service while processes start, in ms: longer than a start takes. */
const absenceMs = 8_000;

const any = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)] as T;
const everybody = ({ bots, workers }: Stage): Supervised[] => [...bots, ...workers];

/** All blows, in the order in which a drill strikes them. */
export const blows: readonly Blow[] = [
  { name: 'a worker is killed', kind: 'kill', strike: async ({ workers }) => any(workers).kill() },
  { name: 'a bot is killed', kind: 'kill', strike: async ({ bots }) => any(bots).kill() },
  { name: 'Redis is killed', kind: 'restart', strike: ({ redis }) => redis.restart() },
  {
    name: 'all workers are killed',
    kind: 'kill',
    strike: async ({ workers }) => {
      for (const worker of workers) worker.kill();
    },
  },
  { name: 'PostgreSQL crashes', kind: 'restart', strike: crashPostgres },
  {
    name: 'everybody starts while Redis is down',
    kind: 'absence',
    strike: (stage) =>
      stage.redis.restart(async () => {
        for (const member of everybody(stage)) member.kill();
        await sleep(absenceMs);
      }),
  },
  { name: 'the proxy drops all connections', kind: 'restart', strike: async ({ proxy }) => proxy.drop() },
  {
    name: 'everything is killed',
    kind: 'kill',
    strike: async (stage) => {
      for (const member of everybody(stage)) member.kill();
      await Promise.all([crashPostgres(stage), stage.redis.restart()]);
    },
  },
  {
    name: 'everybody starts while PostgreSQL is down',
    kind: 'absence',
    async strike(stage) {
      await stage.postgres.goDown();
      for (const member of everybody(stage)) member.kill();
      await sleep(absenceMs);
      await stage.postgres.comeBack();
    },
  },
  { name: 'PostgreSQL restarts', kind: 'restart', strike: restartPostgres },
  {
    name: 'PostgreSQL restarts three times',
    kind: 'restart',
    async strike(stage) {
      for (let count = 0; count < 3; count += 1) {
        await restartPostgres(stage);
        await sleep(500);
      }
    },
  },
  { name: 'a worker is redeployed', kind: 'restart', strike: ({ workers }) => any(workers).redeploy() },
  { name: 'a bot is redeployed', kind: 'restart', strike: ({ bots }) => any(bots).redeploy() },
];

async function restartPostgres({ postgres }: Stage): Promise<void> {
  await postgres.goDown();
  await postgres.comeBack();
}

/** Kills a backend of PostgreSQL, which then drops all connections and recovers, as after a power cut. */
async function crashPostgres({ postgres }: Stage): Promise<void> {
  const victim = new pg.Client({ connectionString: postgres.url });
  victim.on('error', () => undefined);
  try {
    await victim.connect();
    const { rows } = await victim.query<{ pid: number; folder: string }>(
      `SELECT pg_backend_pid() AS pid, current_setting('data_directory') AS folder`,
    );
    const [row] = rows;
    if (row === undefined) return;
    const lockFile = await readFile(`${row.folder}/postmaster.pid`, 'utf8');
    if (Number(lockFile.split('\n')[0]) !== row.pid) process.kill(row.pid, 'SIGKILL');
  } catch {
    // It is still recovering from the blow before.
  } finally {
    await victim.end().catch(() => undefined);
  }
}
