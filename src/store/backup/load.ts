import type { Writable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { SequenceState, TableContents } from './contents.ts';
import { copyTarget, countRows, listTables, quote, type TableShape } from './tables.ts';

/** Thrown when the data does not fit the database or is incomplete. */
export class LoadFailed extends Error {
  override readonly name = 'LoadFailed';
}

/** Tables that are being filled in one transaction. */
export type Load = {
  /** Returns a stream that takes a table's rows in the text format of COPY. Only one table at a time. */
  rows(table: TableShape): Writable;
  /**
   * Checks the number of rows and every foreign key, sets the sequences, and commits.
   * @throws LoadFailed when the number of rows differs; PostgreSQL's error when a foreign key is
   * violated
   */
  commit(sequences: readonly SequenceState[]): Promise<void>;
};

/** How the tables of the database differ from those of an older backup. Columns are by table. */
export type SchemaChanges = {
  /** They get their defaults. */
  readonly addedColumns?: Readonly<Record<string, readonly string[]>>;
  /** The caller adds them again before the rows are loaded. */
  readonly removedColumns?: Readonly<Record<string, readonly string[]>>;
  /** They stay empty. */
  readonly addedTables?: readonly string[];
};

/**
 * Empties the tables of a migrated database and prepares them for loading as they are: no trigger
 * runs, and foreign keys are checked once at the end. The tables' owner may do this, whereas
 * `session_replication_role` needs a superuser. After an error the database is unchanged as soon as
 * the connection ends.
 * @param changes what the database has and the backup has not, or the other way round
 * @throws LoadFailed when the database's tables differ from those of the backup
 */
export async function openLoad(
  client: pg.Client,
  tables: readonly TableContents[],
  { addedColumns = {}, removedColumns = {}, addedTables = [] }: SchemaChanges = {},
): Promise<Load> {
  const without = (columns: readonly string[], left: readonly string[] = []) =>
    columns.filter((column) => !left.includes(column));
  const shapes = tables.map(({ name, columns }) => ({
    name,
    columns: without(columns, removedColumns[name]),
  }));
  const present = (await listTables(client))
    .filter(({ name }) => !addedTables.includes(name))
    .map(({ name, columns }) => ({ name, columns: without(columns, addedColumns[name]) }));
  if (!isDeepStrictEqual(present, shapes))
    throw new LoadFailed('The tables in the backup differ from those that its migrations create.');
  await client.query('BEGIN');
  const keys = await dropForeignKeys(client);
  for (const { name } of tables) await client.query(`ALTER TABLE ${quote(name)} DISABLE TRIGGER USER`);
  // Migrations may have inserted rows into new tables.
  await client.query(`TRUNCATE ${tables.map(({ name }) => quote(name)).join(', ')}`);
  return {
    rows: (table) => client.query(copyFrom(`COPY ${copyTarget(table)} FROM STDIN`)),
    async commit(sequences) {
      await compareCounts(client, tables);
      for (const { name } of tables) await client.query(`ALTER TABLE ${quote(name)} ENABLE TRIGGER USER`);
      for (const { table, name, definition } of keys)
        await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${pg.escapeIdentifier(name)} ${definition}`);
      for (const { name, value, isCalled } of sequences)
        await client.query('SELECT setval($1::regclass, $2::bigint, $3)', [quote(name), value, isCalled]);
      await client.query('COMMIT');
      // Without statistics the first queries would be planned for empty tables.
      await client.query('ANALYZE');
    },
  };
}

type ForeignKey = { readonly table: string; readonly name: string; readonly definition: string };

async function dropForeignKeys(client: pg.Client): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(`
    SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS definition
      FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY conrelid, conname`);
  for (const { table, name } of rows)
    await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${pg.escapeIdentifier(name)}`);
  return rows;
}

async function compareCounts(client: pg.Client, tables: readonly TableContents[]): Promise<void> {
  const counts = await countRows(
    client,
    tables.map(({ name }) => name),
  );
  for (const { name, rows } of tables) {
    if (counts.get(name) !== rows)
      throw new LoadFailed(`${counts.get(name)} of ${rows} rows of the table ${name} arrived.`);
  }
}
