import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { adoptBaseline, type Baseline, missingBefore } from './baseline.ts';
import {
  checksumOf,
  type Migration,
  prismaFolder,
  readMigrations,
  replacingOne,
  unknownOf,
} from './committed-migrations.ts';
import { isNextRelease, recordRelease, releaseOf } from './release.ts';

/**
 * Applies the migrations that this database lacks, in order and once each, even when several
 * processes start at the same time (PostgreSQL advisory lock). A database of the next release is
 * left unchanged, because a program that was rolled back by one release still works with it.
 * A database of the last version before 0.1.0 takes the baseline over without running it.
 * @param only names of the migrations to apply, for a backup of an older release; the release is
 * then not recorded
 * @returns the names of the migrations that were applied; empty when the database was up to date
 * @throws Error in one readable sentence when a migration was changed after it was applied, has
 * failed before, or when the database is newer than this checkout by more than one release
 */
export async function migrate(
  databaseUrl: string,
  folder: URL = prismaFolder,
  only: ReadonlySet<string> | null = null,
): Promise<string[]> {
  const migrations = (await readMigrations(folder)).filter(({ name }) => only === null || only.has(name));
  const connection = new pg.Client({ connectionString: databaseUrl });
  await connection.connect();
  try {
    if (only === null && (await isUpToDate(connection, migrations, folder))) return [];
    await connection.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    let applied = await readApplied(connection);
    refuseTamperedHistory(migrations, applied);
    const unknown = unknownOf(migrations, [...applied.keys()]);
    if (unknown !== undefined) {
      if (await isNextRelease(connection, folder)) return [];
      throw new Error(
        `The database has the migration ${unknown}, which this version of Dabir does not know: ` +
          'the database is newer than the program. Update the program.',
      );
    }
    const replacing = replacingOne(migrations, [...applied.keys()]);
    if (replacing !== undefined) {
      refuseBeforeBaseline(replacing, applied);
      await adoptBaseline(connection, { ...replacing, checksum: checksumOf(replacing) });
      applied = await readApplied(connection);
    }
    const isCurrent = migrations.every(({ name }) => applied.has(name));
    const names = isCurrent ? [] : await apply(databaseUrl, folder, migrations);
    if (only === null) await recordRelease(connection, folder);
    return names;
  } finally {
    await connection.end();
  }
}

/**
 * Returns true when this database has exactly the migrations and the release of this checkout; false when it has not,
 * or does not answer. One connection and one statement, for a role whose database is nearly always up to date.
 */
export async function isMigrated(databaseUrl: string, folder: URL = prismaFolder): Promise<boolean> {
  const connection = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 3_000 });
  connection.on('error', () => undefined);
  try {
    const [migrations] = await Promise.all([readMigrations(folder), connection.connect()]);
    return await isUpToDate(connection, migrations, folder);
  } catch {
    return false;
  } finally {
    await connection.end().catch(() => undefined);
  }
}

async function isUpToDate(
  connection: pg.Client,
  migrations: readonly Migration[],
  folder: URL,
): Promise<boolean> {
  // Before the first migration the tables do not exist.
  const found = await connection
    .query<AppliedRow & { release: number | null }>(
      `SELECT ${appliedColumns}, (SELECT max(number) FROM release) AS release ${appliedRows}`,
    )
    .catch((error: { code?: string }) => {
      if (error.code !== undefinedTable) throw error;
      return { rows: [] };
    });
  const applied = appliedOf(found.rows);
  return (
    applied.size === migrations.length &&
    migrations.every((migration) => {
      const one = applied.get(migration.name);
      return one?.finished === true && one.checksum === checksumOf(migration);
    }) &&
    found.rows[0]?.release === (await releaseOf(folder))
  );
}

/** `undefined_table` (PostgreSQL, appendix A). */
const undefinedTable = '42P01';

/**
 * Returns the names of the migrations that this database lacks.
 * @throws Error when the database does not answer
 */
export async function findMissingMigrations(
  databaseUrl: string,
  folder: URL = prismaFolder,
): Promise<string[]> {
  const connection = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 3_000 });
  connection.on('error', () => undefined);
  try {
    await connection.connect();
    const applied = await readApplied(connection);
    return (await readMigrations(folder)).flatMap(({ name }) => (applied.has(name) ? [] : [name]));
  } finally {
    await connection.end().catch(() => undefined);
  }
}

/**
 * Key of the advisory lock. Any number works that nothing else in this database locks; these are the letters "dabi".
 */
const migrationLock = 0x64_61_62_69;

async function apply(databaseUrl: string, folder: URL, migrations: readonly Migration[]): Promise<string[]> {
  // Most starts find the database up to date.
  const { everything, loadSchemaEngine } = await import('./schema-engine.ts');
  const { engine, scriptError, close } = await loadSchemaEngine(
    databaseUrl,
    await readFile(new URL('schema.prisma', folder), 'utf8'),
  );
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: {
        baseDir: fileURLToPath(new URL('migrations', folder)),
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
        shadowDbInitScript: '',
        migrationDirectories: migrations.map(({ name, sql }) => ({
          path: name,
          migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
        })),
      },
      filters: everything,
    });
    return appliedMigrationNames;
  } catch (cause) {
    const { message } = scriptError() ?? (cause as Error);
    throw new Error(`A database migration failed, nothing of it was kept: ${message}`, { cause });
  } finally {
    await close();
  }
}

function refuseBeforeBaseline({ baseline }: { readonly baseline: Baseline }, applied: Applied): void {
  const finished = [...applied].flatMap(([name, { checksum, finished }]) =>
    finished ? [{ name, checksum }] : [],
  );
  const missing = missingBefore(baseline, finished);
  if (missing === undefined) return;
  throw new Error(
    `The database was made by a version before 0.1.0 that is too old: it has not the migration ${missing} as ` +
      '0.1.0 expects it. Start the last version before 0.1.0 on it once, then this one.',
  );
}

/** The applied migrations by name: the SHA-256 of the SQL that ran, and whether it finished. */
type Applied = ReadonlyMap<string, { readonly checksum: string; readonly finished: boolean }>;

async function readApplied(connection: pg.Client): Promise<Applied> {
  const { rows: tables } = await connection.query<{ name: string | null }>(
    `SELECT to_regclass('_prisma_migrations')::text AS name`,
  );
  if (tables[0]?.name == null) return new Map();
  return appliedOf((await connection.query<AppliedRow>(`SELECT ${appliedColumns} ${appliedRows}`)).rows);
}

type AppliedRow = { readonly name: string; readonly checksum: string; readonly finished: boolean };

const appliedColumns = 'migration_name AS name, checksum, finished_at IS NOT NULL AS finished';
const appliedRows = 'FROM _prisma_migrations WHERE rolled_back_at IS NULL';

function appliedOf(rows: readonly AppliedRow[]): Applied {
  return new Map(rows.map(({ name, checksum, finished }) => [name, { checksum, finished }]));
}

function refuseTamperedHistory(migrations: readonly Migration[], applied: Applied): void {
  for (const [name, { checksum, finished }] of applied) {
    const migration = migrations.find((candidate) => candidate.name === name);
    if (migration === undefined) continue;
    if (!finished) {
      throw new Error(
        `The migration ${name} has failed half-way before. Restore a backup, then start again.`,
      );
    }
    if (checksumOf(migration) !== checksum) {
      throw new Error(
        `The migration ${name} was changed after it had been applied to this database. ` +
          'Put the committed file back; changes belong in a new migration.',
      );
    }
  }
}
