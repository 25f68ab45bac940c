import type { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { AppliedMigration, SequenceState, TableContents } from './contents.ts';
import { copyTarget, countRows, listTables, quote, type TableShape } from './tables.ts';

/** Thrown when the database cannot be backed up in its present state. */
export class NoSnapshot extends Error {
  override readonly name = 'NoSnapshot';
}

/** Everything that a backup holds, as of one moment, while other connections keep writing. */
export type Snapshot = {
  /** Version of the PostgreSQL server, such as `17.2`. */
  readonly serverVersion: string;
  readonly tables: readonly TableContents[];
  readonly sequences: readonly SequenceState[];
  readonly migrations: readonly AppliedMigration[];
  /**
   * Streams a table's rows in the text format of COPY, one line for each row. Only one table at a
   * time.
   */
  rows(table: TableShape): Readable;
  /** Ends the transaction, and allows the next backup. */
  close(): Promise<void>;
};

/**
 * Key of the advisory lock that allows one backup at a time. Any number works that nothing else
 * locks; these are the letters "dback".
 */
const backupLock = 0x64_62_61_63_6b;

/**
 * Opens a snapshot and counts the rows of every table in it. It neither waits for writers nor
 * blocks them; only a migration waits until the snapshot is closed. An advisory lock, released by
 * `close` or with the connection, allows one backup at a time.
 * @throws NoSnapshot when the database holds no Dabir, another backup is running, or it is being
 * migrated
 */
export async function openSnapshot(client: pg.Client): Promise<Snapshot> {
  const { rows: locks } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [
    backupLock,
  ]);
  if (!locks[0]?.free) throw new NoSnapshot('Another backup of this database is under way.');
  const before = await listTables(client);
  if (!(await hasMigrations(client)) || before.length === 0)
    throw new NoSnapshot('There is no Dabir in this database yet: no migration was ever applied to it.');
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  // The first query after this lock takes the snapshot, so no migration can run between the two.
  await client.query(`LOCK TABLE ${before.map(({ name }) => quote(name)).join(', ')} IN ACCESS SHARE MODE`);
  const tables = await listTables(client);
  if (!isDeepStrictEqual(tables, before))
    throw new NoSnapshot('The database is being migrated. Try again when the migration has ended.');
  const counts = await countRows(
    client,
    tables.map(({ name }) => name),
  );
  return {
    serverVersion: await serverVersion(client),
    tables: tables.map((table) => ({ ...table, rows: counts.get(table.name) ?? 0 })),
    sequences: await readSequences(client),
    migrations: await readMigrations(client),
    rows: (table) => client.query(copyTo(`COPY ${copyTarget(table)} TO STDOUT`)),
    async close() {
      await client.query('COMMIT');
      // The server notices the end of a connection a moment later, and would refuse a backup in between.
      await client.query('SELECT pg_advisory_unlock($1)', [backupLock]);
    },
  };
}

async function hasMigrations(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ name: string | null }>(
    `SELECT to_regclass('public._prisma_migrations')::text AS name`,
  );
  return rows[0]?.name != null;
}

async function serverVersion(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ version: string }>(
    `SELECT current_setting('server_version') AS version`,
  );
  return rows[0]?.version ?? '';
}

/**
 * Reads the sequences. They are not transactional: read after the snapshot was taken, they are
 * never behind a row in it.
 */
async function readSequences(client: pg.Client): Promise<SequenceState[]> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT relname AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' ORDER BY relname`);
  const states: SequenceState[] = [];
  for (const { name } of rows) {
    const { rows: state } = await client.query<{ value: string; isCalled: boolean }>(
      `SELECT last_value::text AS value, is_called AS "isCalled" FROM ${quote(name)}`,
    );
    states.push({ name, value: state[0]?.value ?? '1', isCalled: state[0]?.isCalled ?? false });
  }
  return states;
}

async function readMigrations(client: pg.Client): Promise<AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(`
    SELECT migration_name AS name, checksum FROM _prisma_migrations
     WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL ORDER BY migration_name`);
  return rows;
}
