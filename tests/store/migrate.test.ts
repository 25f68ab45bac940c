import { appendFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findMissingMigrations, isMigrated, migrate } from '../../src/store/migrate.ts';
import {
  addEarlierRows,
  becomeOlderThanBaseline,
  readEarlierRows,
  renewedRows,
} from '../support/before-baseline.ts';
import { readCatalogue } from '../support/catalogue.ts';
import { freshDatabase, withDatabase } from '../support/databases.ts';
import { openTestDatabase } from '../support/test-database.ts';
import { until } from '../support/until.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let folder: string;
let prismaFolder: URL;

beforeEach(async () => {
  database = await freshDatabase({ empty: true });
  folder = await mkdtemp(join(tmpdir(), 'dabir-migrations-'));
  await cp(new URL('../../prisma/', import.meta.url), folder, { recursive: true });
  prismaFolder = pathToFileURL(`${folder}/`);
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, 'migrations', name));
  await writeFile(join(folder, 'migrations', name, 'migration.sql'), sql);
}

describe('migrations', () => {
  test('migrations are applied once and in order, also by five processes that start together', async () => {
    const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(database.url)));
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
    expect(applied.flat()).toEqual([...applied.flat()].sort());
    expect(await migrate(database.url)).toEqual([]);
  });

  test('migrations leave no timer that would keep a command from its end', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    await migrate(database.url);
    // Half of the engine's time limit for its lock.
    await until(() => timers() <= before, undefined, 5_000);
  });

  test('migrations include a new one on a migrated database', async () => {
    await migrate(database.url, prismaFolder);
    await addMigration('29990101000000_more', 'CREATE TABLE more (id int);');
    expect(await migrate(database.url, prismaFolder)).toEqual(['29990101000000_more']);
  });

  test('migrations are refused when one was changed after it was applied', async () => {
    await migrate(database.url, prismaFolder);
    await appendFile(
      join(folder, 'migrations', '20261130000000_baseline', 'migration.sql'),
      '\n-- a small change\n',
    );
    await expect(migrate(database.url, prismaFolder)).rejects.toThrow(
      /20261130000000_baseline was changed after it had been applied/,
    );
  });

  test('migrations are refused on a database that is newer than the program', async () => {
    await addMigration('29990101000000_future', 'CREATE TABLE future (id int);');
    await migrate(database.url, prismaFolder);
    await expect(migrate(database.url)).rejects.toThrow(/the database is newer than the program/);
  });

  test('a database is up to date with exactly the migrations and the release of the program', async () => {
    const isUpToDate = () => isMigrated(database.url, prismaFolder);
    expect(await isUpToDate()).toBe(false);
    await migrate(database.url, prismaFolder);
    expect(await isUpToDate()).toBe(true);

    await addMigration('29990101000000_more', 'CREATE TABLE more (id int);');
    expect(await isUpToDate()).toBe(false);
    await migrate(database.url, prismaFolder);
    expect(await isUpToDate()).toBe(true);
    // The database is newer than the program.
    expect(await isMigrated(database.url)).toBe(false);

    const change = (sql: string) => withDatabase(database.url, (client) => client.query(sql));
    await change('UPDATE release SET number = number + 1');
    expect(await isUpToDate()).toBe(false);
    await change('UPDATE release SET number = number - 1');
    await change('UPDATE _prisma_migrations SET finished_at = NULL');
    expect(await isUpToDate()).toBe(false);
    await change('UPDATE _prisma_migrations SET finished_at = now()');
    expect(await isUpToDate()).toBe(true);
    await appendFile(join(folder, 'migrations', '29990101000000_more', 'migration.sql'), '-- a change');
    expect(await isUpToDate()).toBe(false);
    expect(await isMigrated('postgresql://nobody@127.0.0.1:1/none', prismaFolder)).toBe(false);
  });

  describe('a database of a version before 0.1.0', () => {
    test('a database of a version before 0.1.0 with all its migrations takes the baseline over, keeps its rows, and is built like a new one', async () => {
      await migrate(database.url);
      const fresh = await withDatabase(database.url, readCatalogue);
      await withDatabase(database.url, async (client) => {
        await becomeOlderThanBaseline(client);
        await addEarlierRows(client);
        expect(await readCatalogue(client)).not.toEqual(fresh);
      });
      const applied = await Promise.all(Array.from({ length: 3 }, () => migrate(database.url)));
      expect(applied).toEqual([[], [], []]);
      await withDatabase(database.url, async (client) => {
        expect(await readCatalogue(client)).toEqual(fresh);
        const { rows: names } = await client.query('SELECT migration_name AS name FROM _prisma_migrations');
        expect(names).toEqual([{ name: '20261130000000_baseline' }]);
        expect(await readEarlierRows(client)).toEqual(renewedRows);
      });
      expect(await findMissingMigrations(database.url)).toEqual([]);
    });

    test('a database of a version before 0.1.0 gets the migrations after the baseline as well', async () => {
      await migrate(database.url);
      await withDatabase(database.url, becomeOlderThanBaseline);
      await addMigration('29990101000000_more', 'CREATE TABLE more (id int);');
      expect(await migrate(database.url, prismaFolder)).toEqual(['29990101000000_more']);
    });

    test.each([
      [
        'one is missing',
        `DELETE FROM _prisma_migrations WHERE migration_name = '20261129000600_backup'`,
        '20261129000600_backup',
      ],
      [
        'one was edited',
        `UPDATE _prisma_migrations SET checksum = 'x' WHERE migration_name = '20261122000100_lane'`,
        '20261122000100_lane',
      ],
      [
        'one has failed',
        `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '20261129000600_backup'`,
        '20261129000600_backup',
      ],
    ])(
      'a database of a version before 0.1.0 is refused in one sentence and left as it is when %s',
      async (_, change, name) => {
        await migrate(database.url);
        const rows = () =>
          withDatabase(database.url, async (client) => (await client.query('TABLE _prisma_migrations')).rows);
        await withDatabase(database.url, async (client) => {
          await becomeOlderThanBaseline(client);
          await client.query(change);
        });
        const before = await rows();
        await expect(migrate(database.url)).rejects.toThrow(
          `The database was made by a version before 0.1.0 that is too old: it has not the migration ${name} as 0.1.0 ` +
            'expects it. Start the last version before 0.1.0 on it once, then this one.',
        );
        expect(await rows()).toEqual(before);
      },
    );
  });

  describe('a program that was rolled back', () => {
    const becomeRelease = (number: number) =>
      writeFile(join(folder, 'release.json'), JSON.stringify({ release: number }));

    test('a program that was rolled back works on a database of the next release', async () => {
      await becomeRelease(2);
      await addMigration('29990101000000_next', 'CREATE TABLE next (id int);');
      await migrate(database.url, prismaFolder);
      expect(await migrate(database.url)).toEqual([]);
    });

    test('a program that was rolled back refuses a database of the release after that', async () => {
      for (const [number, name] of [
        [2, '29990101000000_next'],
        [3, '29990102000000_after'],
      ] as const) {
        await becomeRelease(number);
        await addMigration(name, `CREATE TABLE t${number} (id int);`);
        await migrate(database.url, prismaFolder);
      }
      await expect(migrate(database.url)).rejects.toThrow(/the database is newer than the program/);
    });
  });

  test('a migration that fails leaves no change behind, and the next start reports it', async () => {
    await migrate(database.url, prismaFolder);
    await addMigration('29990101000000_bad', 'CREATE TABLE half (id int); SELECT no_such_function();');
    await expect(migrate(database.url, prismaFolder)).rejects.toThrow(/no_such_function/);
    const { rows } = await withDatabase(database.url, (client) =>
      client.query(`SELECT to_regclass('half') AS half`),
    );
    expect(rows).toEqual([{ half: null }]);
    await expect(migrate(database.url, prismaFolder)).rejects.toThrow(/29990101000000_bad has failed/);
  });

  test('migrations create what schema.prisma describes: every column of every table can be read', async () => {
    await migrate(database.url);
    const client = openTestDatabase(database.url, 1);
    for (const model of [
      'user',
      'chat',
      'setting',
      'lane',
      'transcription',
      'transcript',
      'chunk',
      'delivery',
      'stateChange',
      'engineReport',
      'usage',
      'depth',
      'invitation',
      'feedback',
      'audit',
      'broadcast',
    ] as const) {
      // Prisma names every column of its model; a missing one would be an error.
      const rows = await (client[model] as { findMany(): Promise<unknown[]> }).findMany();
      expect(rows, model).toEqual([]);
    }
    expect(await client.release.findMany()).toMatchObject([{ number: 1 }]);
    await client.close();
  });
});
