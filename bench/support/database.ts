import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/embedded/postgres.ts';
import { migrate } from '../../src/store/migrate.ts';

/** A server of the bench's own that counts its statements. */
export type BenchServer = {
  /** The bench's folder for temporary data. */
  readonly dataDir: string;
  /** Creates a new, migrated database. */
  database(name: string): Promise<BenchDatabase>;
  stop(): Promise<void>;
};

export type BenchDatabase = {
  readonly url: string;
  /** Runs one statement, which is not counted among the others. */
  query(sql: string): Promise<Record<string, unknown>[]>;
  /** Sets all counts to zero. */
  resetCounts(): Promise<void>;
  /** Returns the statements since then, each a round trip, the most frequent first. */
  counts(): Promise<StatementCount[]>;
  close(): Promise<void>;
};

export type StatementCount = {
  readonly calls: number;
  /** Mean time in the server, in ms. */
  readonly meanMs: number;
  readonly sql: string;
  /** True when BullMQ sent it, not Dabir. */
  readonly bullmq: boolean;
};

/** Starts PostgreSQL in `.data/bench-<name>`, which is emptied first, with `pg_stat_statements` in it. */
export async function startBenchServer(name: string): Promise<BenchServer> {
  const dataDir = fileURLToPath(new URL(`../../.data/bench-${name}`, import.meta.url));
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const first = await startEmbeddedPostgres(dataDir);
  await once(first.url, `ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'`);
  await first.stop();
  const server = await startEmbeddedPostgres(dataDir);
  return {
    dataDir,
    async database(databaseName) {
      await once(server.url, `CREATE DATABASE ${databaseName}`);
      const url = new URL(server.url);
      url.pathname = `/${databaseName}`;
      await migrate(url.href);
      return open(url.href, databaseName);
    },
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function once(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function open(url: string, name: string): Promise<BenchDatabase> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE EXTENSION pg_stat_statements');
  return {
    url,
    async query(sql) {
      const { rows } = await client.query(`${sql} ${ourMark}`);
      return rows;
    },
    async resetCounts() {
      await client.query(`SELECT pg_stat_statements_reset() ${ourMark}`);
    },
    async counts() {
      const { rows } = await client.query<{ calls: string; mean: number; query: string }>(
        `SELECT sum(s.calls) AS calls, sum(s.total_exec_time) / sum(s.calls) AS mean, s.query
           FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
          WHERE s.toplevel AND d.datname = $1 AND s.query NOT LIKE $2 GROUP BY s.query ORDER BY 1 DESC`,
        [name, `%${ours}%`],
      );
      return rows.map(({ calls, mean, query }) => ({
        calls: Number(calls),
        meanMs: mean,
        sql: query.replaceAll(/\s+/g, ' ').trim(),
        bullmq: !dabirs.test(query),
      }));
    },
    close: () => client.end(),
  };
}

const ours = 'dabir-bench';
const ourMark = `/* ${ours} */`;

/**
 * Every statement of Dabir itself names one of its functions or tables; BullMQ's statements name its schema.
 */
const dabirs =
  /\b(lane_\w+|delivery_\w+|choosing_unshown|transcription|transcript|engine_report|setting|delivery|lane)\b/;
