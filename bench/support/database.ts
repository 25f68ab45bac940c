import { rm } from 'node:fs/promises';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/embedded/postgres.ts';
import { migrate } from '../../src/store/migrate.ts';
import { clearBenchFolder } from './folders.ts';

/** A server of the bench's own that counts its statements. */
export type BenchServer = {
  /** The bench's folder for temporary data. */
  readonly dataDir: string;
  /** The folder of PostgreSQL's files. */
  readonly postgresDir: string;
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
  /**
   * Returns what the server did since then, statements inside routines and triggers too, the most time first. Only
   * of a server that was started with `countsInner`.
   */
  costs(): Promise<StatementCost[]>;
  close(): Promise<void>;
};

export type StatementCount = {
  readonly calls: number;
  /** Mean time in the server, in ms. */
  readonly meanMs: number;
  /** Bytes of the write-ahead log of all calls. */
  readonly walBytes: number;
  readonly sql: string;
  /** True when BullMQ sent it, not Dabir. */
  readonly bullmq: boolean;
};

export type StatementCost = {
  readonly calls: number;
  /** Time in the server, in ms, with that of statements inside. */
  readonly totalMs: number;
  /** Pages that it touched. */
  readonly buffers: number;
  /** Bytes of the write-ahead log, with those of statements inside. */
  readonly walBytes: number;
  /** True when it ran inside a routine or a trigger. */
  readonly isInner: boolean;
  readonly sql: string;
};

/**
 * Starts PostgreSQL with `pg_stat_statements` in the bench's folder, which is emptied first. With
 * BENCH_POSTGRES_URL it uses that running server, which has the library loaded: `tests/benchmarks` shares one.
 * @param countsInner counts statements inside routines and triggers too, which costs time
 */
export async function startBenchServer(name: string, countsInner = false): Promise<BenchServer> {
  // An interrupted bench ends in order, and its processes with it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const dataDir = await clearBenchFolder(name);
  const shared = process.env['BENCH_POSTGRES_URL'];
  const server =
    shared === undefined
      ? await startEmbeddedPostgres(dataDir, {
          shared_preload_libraries: 'pg_stat_statements',
          'pg_stat_statements.track': countsInner ? 'all' : 'top',
        })
      : { url: shared, socketUrl: shared, stop: async () => undefined };
  const [setting] = await once(server.url, 'SHOW data_directory');
  return {
    dataDir,
    postgresDir: String(setting?.['data_directory']),
    async database(databaseName) {
      await migrateTemplate(server.url);
      const fullName = `bench_${name}_${databaseName}`.replaceAll('-', '_');
      await once(server.url, `DROP DATABASE IF EXISTS ${fullName} WITH (FORCE)`);
      await once(server.url, `CREATE DATABASE ${fullName} TEMPLATE ${template}`);
      // As `npm start` does.
      return open(inServer(server.socketUrl, fullName));
    },
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const template = 'bench_template';

/** Creates the migrated database that all others are copies of, unless the server has it. */
async function migrateTemplate(serverUrl: string): Promise<void> {
  const found = await once(serverUrl, `SELECT FROM pg_database WHERE datname = '${template}'`);
  if (found.length > 0) return;
  await once(serverUrl, `CREATE DATABASE ${template}`);
  await migrate(inServer(serverUrl, template));
}

/** Returns the address of one database of a server. */
function inServer(serverUrl: string, databaseName: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${databaseName}`;
  return url.href;
}

async function once(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function open(url: string): Promise<BenchDatabase> {
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
      // Zero stands for every user and every statement.
      await client.query(
        `SELECT pg_stat_statements_reset(0, oid, 0) FROM pg_database WHERE datname = current_database() ${ourMark}`,
      );
    },
    async counts() {
      const isBullmqs = await bullmqStatements(client);
      return (await statementCosts(client))
        .filter(({ isInner }) => !isInner)
        .map(({ calls, totalMs, walBytes, sql }) => ({
          ...{ calls, meanMs: totalMs / calls, walBytes, sql },
          bullmq: isBullmqs(sql),
        }))
        .sort((one, other) => other.calls - one.calls);
    },
    costs: () => statementCosts(client),
    close: () => client.end(),
  };
}

/** Returns what the server counted in this database, the most time first. */
async function statementCosts(client: pg.Client): Promise<StatementCost[]> {
  const { rows } = await client.query<StatementCost>(
    `SELECT sum(s.calls)::float8 AS calls, sum(s.total_exec_time) AS "totalMs", NOT s.toplevel AS "isInner",
            sum(s.shared_blks_hit + s.shared_blks_read)::float8 AS buffers, sum(s.wal_bytes)::float8 AS "walBytes",
            s.query AS sql
       FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
      WHERE d.datname = current_database() AND s.query NOT LIKE $1
      GROUP BY s.query, s.toplevel ORDER BY 2 DESC`,
    [`%${ours}%`],
  );
  return rows.map((row) => ({ ...row, sql: row.sql.replaceAll(/\s+/g, ' ').trim() }));
}

const ours = 'dabir-bench';
const ourMark = `/* ${ours} */`;

/**
 * Returns a test for BullMQ's statements: they name a table or function of its schema, and none of Dabir's.
 * All others, such as BEGIN, count as Dabir's.
 */
async function bullmqStatements(client: pg.Client): Promise<(sql: string) => boolean> {
  const { rows } = await client.query<{ schema: string; names: string[] }>(
    `SELECT n.nspname AS schema, array_agg(DISTINCT named.name) AS names
       FROM (SELECT relnamespace AS namespace, relname::text AS name FROM pg_class WHERE relkind IN ('r', 'p', 'v')
             UNION ALL SELECT pronamespace, proname::text FROM pg_proc) named
       JOIN pg_namespace n ON n.oid = named.namespace
      WHERE n.nspname IN ('public', 'bullmq') GROUP BY 1 ${ourMark}`,
  );
  const naming = (schema: string) => {
    const names = rows.find((row) => row.schema === schema)?.names ?? [];
    return names.length > 0 ? new RegExp(`\\b(${names.join('|')})\\b`) : /^(?!)/;
  };
  const [dabirs, bullmqs] = [naming('public'), naming('bullmq')];
  return (sql) => bullmqs.test(sql) && !dabirs.test(sql);
}
