import { cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { restore } from '../../../src/operations/backup/restore.ts';
import { readLastBackup } from '../../../src/store/admin/backups.ts';
import { migrate } from '../../../src/store/migrate.ts';
import {
  addEarlierRows,
  becomeOlderThanBaseline,
  readEarlierRows,
  renewedRows,
} from '../../support/before-baseline.ts';
import { databaseContents } from '../../support/database-contents.ts';
import { freshDatabase, withDatabase } from '../../support/databases.ts';
import { fillEveryTable } from '../../support/every-table.ts';
import { type Ended, runProgram } from '../../support/run-program.ts';
import { openTestDatabase } from '../../support/test-database.ts';

/**
 * A restore drill: a database with rows in every table is saved, destroyed and restored into an empty one.
 */
let folder: string;
let tables: string[];
let before: Awaited<ReturnType<typeof picture>>;
let saved: Ended;
let archive: string;
let restored: Ended;
let source: Awaited<ReturnType<typeof freshDatabase>>;
let target: Awaited<ReturnType<typeof freshDatabase>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dabir-backup-'));
  source = await freshDatabase();
  target = await freshDatabase({ empty: true });
  tables = await withDatabase(source.url, fillEveryTable);
  before = await picture(source.url);
  saved = await runProgram('src/backup.ts', ['--to', folder], { DATABASE_URL: source.url });
  archive = join(folder, (await readdir(folder))[0] ?? '');
  const recorded = await latest(source.url);
  expect(recorded).toMatchObject({ file: archive, bytes: (await stat(archive)).size });
  await source.drop();
  restored = await runProgram('src/restore.ts', [archive], { DATABASE_URL: target.url });
});
afterAll(async () => {
  await target?.drop();
  await rm(folder, { recursive: true, force: true });
});

test('a restore brings back every row of every table, the sequences and the migrations', async () => {
  expect([saved.code, saved.err]).toEqual([0, '']);
  expect([restored.code, restored.err]).toEqual([0, '']);
  const after = await picture(target.url);
  expect(after.counts.map(({ name }) => name)).toEqual(tables);
  expect(after.counts.filter(({ rows }) => rows === 0)).toEqual([]);
  expect(after).toEqual(before);
  expect(await migrate(target.url)).toEqual([]);
});

test('the summaries state how many rows were saved and restored', () => {
  const rows = before.counts.reduce((sum, table) => sum + table.rows, 0);
  const words = `${rows} rows of ${tables.length} tables`;
  expect(saved.out).toMatch(
    new RegExp(`^Saved ${words} in ${archive} \\(.*\\); read back and compared\\.\\n$`),
  );
  expect(restored.out).toMatch(new RegExp(`^Restored ${words}, as of .*; counted and compared\\.\\n$`));
});

test('only the owner of a backup file can read it', async () => {
  if (process.platform === 'win32') return;
  expect(((await stat(archive)).mode & 0o777).toString(8)).toBe('600');
});

test('triggers and keys work in a restored database as before', async () => {
  await withDatabase(target.url, async (client) => {
    await client.query(
      `UPDATE transcript SET text = 'زعفران' WHERE "transcriptionId" = (SELECT min("transcriptionId") FROM transcript)`,
    );
    // As a search of the transcript's user does.
    await client.query('SELECT search_index("userId", 100) FROM transcript GROUP BY "userId"');
    const { rows } = await client.query(`SELECT FROM search WHERE words::text LIKE '%زعفران%'`);
    expect(rows).toHaveLength(1);
    await expect(client.query('INSERT INTO setting ("userId") VALUES (123456)')).rejects.toThrow(
      /foreign key/,
    );
    // The sequences continue: a new row takes no number that is taken.
    await client.query(`INSERT INTO audit ("actorId", action) VALUES (1, 'after the restore')`);
  });
});

test('a backup of an older release is brought up to date', async () => {
  const fresh = await freshDatabase({ empty: true });
  const prisma = await mkdtemp(join(tmpdir(), 'dabir-newer-'));
  try {
    await cp(new URL('../../../prisma/', import.meta.url), prisma, { recursive: true });
    const newer = join(prisma, 'migrations', '29990101000000_newer');
    await mkdir(newer);
    await writeFile(
      join(newer, 'migration.sql'),
      'ALTER TABLE "user" ADD COLUMN newer int NOT NULL DEFAULT 5;',
    );
    const summary = await restore({
      ...{ databaseUrl: fresh.url, archive, saveFirst: null, prismaFolder: pathToFileURL(`${prisma}/`) },
      ...{ onProgress: () => undefined, signal: new AbortController().signal },
    });
    expect(summary.newer).toEqual(['29990101000000_newer']);
    const users = before.counts.find(({ name }) => name === 'user')?.rows;
    const { rows } = await withDatabase(fresh.url, (client) =>
      client.query('SELECT count(*)::int AS count, min(newer) AS newer FROM "user"'),
    );
    expect(rows).toEqual([{ count: users, newer: 5 }]);
  } finally {
    await fresh.drop();
    await rm(prisma, { recursive: true });
  }
});

describe('a backup of a version before 0.1.0', () => {
  let old: Awaited<ReturnType<typeof freshDatabase>>;
  let fresh: Awaited<ReturnType<typeof freshDatabase>>;
  let to: string;
  beforeEach(async () => {
    [old, fresh] = await Promise.all([freshDatabase(), freshDatabase({ empty: true })]);
    to = await mkdtemp(join(tmpdir(), 'dabir-old-backup-'));
    await withDatabase(old.url, async (client) => {
      await becomeOlderThanBaseline(client);
      await addEarlierRows(client);
    });
  });
  afterEach(async () => {
    await Promise.all([old.drop(), fresh.drop()]);
    await rm(to, { recursive: true });
  });
  const save = async () => {
    expect((await runProgram('src/backup.ts', ['--to', to], { DATABASE_URL: old.url })).code).toBe(0);
    return join(to, (await readdir(to))[0] ?? '');
  };

  test('a backup of a version before 0.1.0 is restored when it is of the last one', async () => {
    const ended = await runProgram('src/restore.ts', [await save()], { DATABASE_URL: fresh.url });
    expect([ended.code, ended.err]).toEqual([0, '']);
    expect(await migrate(fresh.url)).toEqual([]);
    expect(await withDatabase(fresh.url, readEarlierRows)).toEqual(renewedRows);
  });

  test('a backup of a version before 0.1.0 is refused in one sentence when it is of an older one, and the database stays empty', async () => {
    await withDatabase(old.url, (client) =>
      client.query(`DELETE FROM _prisma_migrations WHERE migration_name = '20261129000600_backup'`),
    );
    const ended = await runProgram('src/restore.ts', [await save()], { DATABASE_URL: fresh.url });
    expect([ended.code, ended.err]).toEqual([
      4,
      'The backup was made by a version before 0.1.0 that is too old: it has not the migration ' +
        '20261129000600_backup as 0.1.0 expects it. Restore it with the version that made it, update that to the ' +
        'last one before 0.1.0, and make a new backup.\n',
    ]);
    const { rows } = await withDatabase(fresh.url, (client) =>
      client.query(`SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace`),
    );
    expect(rows).toEqual([]);
  });
});

test('a database without a table for backups is saved, and the summary says that it was not told', async () => {
  const old = await freshDatabase();
  const to = await mkdtemp(join(tmpdir(), 'dabir-untold-'));
  try {
    await withDatabase(old.url, (client) => client.query('DROP TABLE backup'));
    const { code, out } = await runProgram('src/backup.ts', ['--to', to], { DATABASE_URL: old.url });
    expect(code).toBe(0);
    expect(out).toContain('The database could not be told of this backup');
  } finally {
    await old.drop();
    await rm(to, { recursive: true });
  }
});

type Counted = { readonly name: string; readonly rows: number; readonly md5: string };

/** Returns everything that a restore has to bring back. */
async function picture(url: string) {
  const database = openTestDatabase(url, 1);
  try {
    const contents = await databaseContents(database);
    return await withDatabase(url, async (client) => {
      const counts: Counted[] = [];
      const { rows: names } = await client.query<{ name: string }>(`
        SELECT table_name AS name FROM information_schema.tables
         WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> '_prisma_migrations' ORDER BY 1`);
      for (const { name } of names) {
        const { rows } = await client.query<Omit<Counted, 'name'>>(
          `SELECT count(*)::int AS rows, md5(string_agg(t::text, '' ORDER BY t::text)) AS md5 FROM "${name}" t`,
        );
        counts.push({ name, rows: rows[0]?.rows ?? 0, md5: rows[0]?.md5 ?? '' });
      }
      const text = async (sql: string) =>
        (await client.query<{ line: string }>(sql)).rows.map(({ line }) => line);
      return {
        contents,
        counts,
        sequences: await text(
          `SELECT sequencename || ' ' || last_value AS line FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1`,
        ),
        migrations: await text('SELECT migration_name AS line FROM _prisma_migrations ORDER BY 1'),
        constraints: await text(
          `SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS line
             FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1`,
        ),
        triggers: await text(
          `SELECT tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text AS line FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1`,
        ),
      };
    });
  } finally {
    await database.close();
  }
}

async function latest(url: string) {
  const database = openTestDatabase(url, 1);
  try {
    return await readLastBackup(database);
  } finally {
    await database.close();
  }
}
