import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { type Load, openLoad } from '../../store/backup/load.ts';
import { migrationsOfBackup } from '../../store/backup/migrations-of-backup.ts';
import { clearDatabase, countOtherConnections, isEmpty } from '../../store/backup/target.ts';
import { connect, disconnect } from '../../store/connection.ts';
import { migrate } from '../../store/migrate.ts';
import { readArchive } from './archive-reader.ts';
import {
  allowEarlierValues,
  hasEarlierNames,
  presentName,
  renewEarlierValues,
  schemaChanges,
  withPresentNames,
} from './earlier-names.ts';
import { Failure } from './failure.ts';
import { type Manifest, rowsOf } from './manifest.ts';

/** Settings of a restore. */
export type RestoreOptions = {
  readonly databaseUrl: string;
  readonly archive: string;
  /**
   * Saves the current database before it is replaced, and returns the file's path; null refuses a database that
   * is not empty.
   */
  readonly saveFirst: (() => Promise<string>) | null;
  readonly onProgress: (words: string) => void;
  readonly signal: AbortSignal;
  /** Folder of the migrations; by default this checkout's. */
  readonly prismaFolder?: URL;
};

/** Result of a restore. */
export type RestoreSummary = {
  readonly madeAt: string;
  readonly tables: number;
  readonly rows: number;
  /** Migrations that are newer than the backup and were applied after it. */
  readonly newer: readonly string[];
  /** Path of the backup of the previous database; null if it was empty. */
  readonly before: string | null;
};

/**
 * Restores a backup into an empty database. Reads the whole archive first; then applies its migrations, loads and
 * counts its rows in one transaction, and applies newer migrations.
 * @throws Failure, or PostgreSQL's error; a database that was empty is then empty again
 */
export async function restore(options: RestoreOptions): Promise<RestoreSummary> {
  const { databaseUrl, archive, saveFirst, onProgress, signal, prismaFolder } = options;
  onProgress('checking the archive');
  const stored = await readArchive(archive);
  const manifest = withPresentNames(stored);
  const migrations = await migrationsOfBackup(manifest.migrations, prismaFolder).catch((cause: Error) => {
    throw new Failure('refused', cause.message, { cause });
  });
  const client = await connect(databaseUrl, 'dabir restore');
  const interrupt = () => disconnect(client);
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    const others = await countOtherConnections(client);
    if (others > 0) {
      const count = others === 1 ? 'One other connection is' : `${others} other connections are`;
      throw new Failure('refused', `${count} open to the database. Stop all bots and workers first.`);
    }
    let before: string | null = null;
    if (!(await isEmpty(client))) {
      if (saveFirst === null) {
        throw new Failure(
          'refused',
          'The database is not empty. Restore into an empty one, or add --replace: its content is saved first, then deleted.',
        );
      }
      before = await saveFirst();
      signal.throwIfAborted();
      await clearDatabase(client);
    }
    const newer = await fill(options, manifest, migrations, client, hasEarlierNames(stored));
    return { madeAt: manifest.madeAt, tables: manifest.tables.length, rows: rowsOf(manifest), newer, before };
  } catch (error) {
    if (signal.aborted)
      throw new Failure('interrupted', 'Interrupted: nothing was restored.', { cause: error });
    throw error;
  } finally {
    signal.removeEventListener('abort', interrupt);
    disconnect(client);
  }
}

/**
 * Fills an empty database.
 * @param migrations names of those that make the tables of the backup
 * @param isEarlier true for a backup of before 0.1.0, whose values have their earlier names
 * @returns the newer migrations that were applied
 */
async function fill(
  { databaseUrl, archive, onProgress, prismaFolder }: RestoreOptions,
  manifest: Manifest,
  migrations: ReadonlySet<string>,
  client: Awaited<ReturnType<typeof connect>>,
  isEarlier: boolean,
): Promise<string[]> {
  try {
    onProgress('creating the tables');
    await migrate(databaseUrl, prismaFolder, migrations);
    const load = await openLoad(client, manifest.tables, isEarlier ? schemaChanges : {});
    if (isEarlier) await client.query(allowEarlierValues);
    await copy(archive, manifest, load, onProgress);
    if (isEarlier) await client.query(renewEarlierValues);
    onProgress('counting rows and checking keys');
    await load.commit(manifest.sequences);
  } catch (error) {
    disconnect(client);
    await emptyAgain(databaseUrl).catch(() => undefined);
    throw error;
  }
  return migrate(databaseUrl, prismaFolder);
}

async function copy(
  archive: string,
  { tables }: Manifest,
  load: Load,
  onProgress: (words: string) => void,
): Promise<void> {
  let current: TableWriter | undefined;
  await readArchive(archive, async (nameInBackup, piece) => {
    const name = presentName(nameInBackup);
    if (current?.name !== name) {
      await current?.end();
      const table = tables.find((one) => one.name === name);
      if (table === undefined) throw new Failure('damaged', 'The archive has changed while it was read.');
      onProgress(`${name}: ${table.rows} rows`);
      current = new TableWriter(name, load.rows(table));
    }
    await current.write(piece);
  });
  await current?.end();
}

/** Writes a table's rows with backpressure from PostgreSQL. Both methods reject with its error about a row. */
class TableWriter {
  readonly name: string;
  readonly #rows: Writable;
  readonly #failed: Promise<never>;

  constructor(name: string, rows: Writable) {
    this.name = name;
    this.#rows = rows;
    this.#failed = new Promise((_, reject) => rows.on('error', reject));
    this.#failed.catch(() => undefined);
  }

  async write(piece: Buffer): Promise<void> {
    if (!this.#rows.write(piece)) await Promise.race([once(this.#rows, 'drain'), this.#failed]);
  }

  async end(): Promise<void> {
    this.#rows.end();
    await Promise.race([finished(this.#rows), this.#failed]);
  }
}

/** Removes the tables; the failed transaction has already removed their rows. */
async function emptyAgain(databaseUrl: string): Promise<void> {
  const client = await connect(databaseUrl, 'dabir restore');
  try {
    await clearDatabase(client);
  } finally {
    disconnect(client);
  }
}
