import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { isNextRelease, noteRelease } from './release.ts';
import { everything, loadSchemaEngine } from './schema-engine.ts';

/** The committed schema and migrations of this checkout. */
const prismaFolder = new URL('../../prisma/', import.meta.url);

/** One committed migration. */
type Migration = { readonly name: string; readonly sql: string };

/**
 * Applies the migrations that this database lacks, in order and once each, even when several
 * processes start at the same time (PostgreSQL advisory lock). A database of the next release is
 * left unchanged, because a program that was rolled back by one release still works with it.
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
    await connection.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    const applied = await readApplied(connection);
    refuseTamperedHistory(migrations, applied);
    const unknown = [...applied.keys()].find((known) => migrations.every(({ name }) => name !== known));
    if (unknown !== undefined) {
      if (await isNextRelease(connection, folder)) return [];
      throw new Error(
        `The database has the migration ${unknown}, which this version of Dabir does not know: ` +
          'the database is newer than the program. Update the program.',
      );
    }
    const isCurrent = migrations.every(({ name }) => applied.has(name));
    const names = isCurrent ? [] : await apply(databaseUrl, folder, migrations);
    if (only === null) await noteRelease(connection, folder);
    return names;
  } finally {
    await connection.end();
  }
}

/**
 * Returns the names of the migrations that this database lacks.
 * @throws Error when the database does not answer
 */
export async function missingMigrations(databaseUrl: string, folder: URL = prismaFolder): Promise<string[]> {
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
 * Checks that this checkout can create the tables of a backup.
 * @param applied name and SHA-256 of each migration that the saved database had
 * @throws Error in one sentence when a migration is unknown here, or was changed since
 */
export async function refuseUnknownMigrations(
  applied: readonly { readonly name: string; readonly checksum: string }[],
  folder: URL = prismaFolder,
): Promise<void> {
  const migrations = await readMigrations(folder);
  for (const { name, checksum } of applied) {
    const migration = migrations.find((candidate) => candidate.name === name);
    if (migration === undefined) {
      throw new Error(
        `The backup has the migration ${name}, which this version of Dabir does not know: ` +
          'the backup is newer than the program. Update the program.',
      );
    }
    if (checksumOf(migration) !== checksum)
      throw new Error(
        `The migration ${name} is not the one that the backup was made with. Put its file back.`,
      );
  }
}

/**
 * Key of the advisory lock. Any number works that nothing else in this database locks; these are
 * the letters "dabi".
 */
const migrationLock = 0x64_61_62_69;

async function apply(databaseUrl: string, folder: URL, migrations: readonly Migration[]): Promise<string[]> {
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

async function readMigrations(folder: URL): Promise<Migration[]> {
  const base = new URL('migrations/', folder);
  const entries = await readdir(base, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      sql: await readFile(new URL(`${name}/migration.sql`, base), 'utf8'),
    })),
  );
}

/** The applied migrations by name: the SHA-256 of the SQL that ran, and whether it finished. */
type Applied = ReadonlyMap<string, { readonly checksum: string; readonly finished: boolean }>;

async function readApplied(connection: pg.Client): Promise<Applied> {
  const { rows: tables } = await connection.query<{ name: string | null }>(
    `SELECT to_regclass('_prisma_migrations')::text AS name`,
  );
  if (tables[0]?.name == null) return new Map();
  const { rows } = await connection.query<{ migration_name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  return new Map(
    rows.map(({ migration_name, checksum, finished }) => [migration_name, { checksum, finished }]),
  );
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

function checksumOf({ sql }: Migration): string {
  return createHash('sha256').update(sql).digest('hex');
}
