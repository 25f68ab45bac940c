import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { compareRoutines, readRoutines, routineMigration, routinesFolder } from '../../scripts/routines.ts';
import { freshDatabase, withDatabase } from '../support/databases.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database?.drop());

const inDatabase = <T>(work: (client: pg.Client) => Promise<T>) => withDatabase(database.url, work);

test('every routine of a migrated database is the one in its file, and neither has others', async () => {
  expect(await inDatabase((client) => compareRoutines(client))).toEqual([]);
});

test('every file of a routine says at its head what the routine does and who calls it', async () => {
  for (const [name, text] of await readRoutines()) {
    const head = /^(?:--.*\n)*/.exec(text)?.[0] ?? '';
    expect(head, name).toMatch(/^-- [A-Z]/);
    expect(head, name).toMatch(/^-- Called by: /m);
  }
});

describe('what differs is found and made into a migration', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dabir-routines-'));
    await cp(routinesFolder, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));
  const file = (name: string) => join(folder, `${name}.sql`);
  const compare = (client: pg.Client) => compareRoutines(client, pathToFileURL(`${folder}/`));
  const found = async (client: pg.Client) =>
    (await compare(client)).map(({ signature, what }) => `${signature} ${what}`);
  /** Applies the migration for what differs, in a database of its own. @returns what differs afterwards */
  async function afterMigration(client: pg.Client): Promise<string[]> {
    const sql = routineMigration(await compare(client));
    const copy = await freshDatabase();
    try {
      return await withDatabase(copy.url, async (migrated) => {
        await migrated.query(sql);
        return found(migrated);
      });
    } finally {
      await copy.drop();
    }
  }
  const edit = async (name: string, from: string, to: string) => {
    const text = await readFile(file(name), 'utf8');
    expect(text).toContain(from);
    await writeFile(file(name), text.replaceAll(from, to));
  };

  test('a routine with another body than its file is found, and a migration is made for it', async () => {
    await edit('lane_before', 'LIMIT 100', 'LIMIT 50');
    await inDatabase(async (client) => {
      expect(await found(client)).toEqual(['lane_before(bigint, integer) changed']);
      expect(await afterMigration(client)).toEqual([]);
    });
  });

  test('a routine whose file is missing is found, and a migration is made for it', async () => {
    await rm(file('lane_earlier'));
    await inDatabase(async (client) => {
      expect(await found(client)).toEqual([
        'lane_earlier(bigint, text, text, text, integer, text[], double precision) without a file',
      ]);
      expect(await afterMigration(client)).toEqual([]);
    });
  });

  test('a file whose routine is missing is found, and a migration is made for it', async () => {
    const text = 'CREATE OR REPLACE FUNCTION extra() RETURNS int LANGUAGE sql RETURN 1;\n';
    await writeFile(file('extra'), text);
    await inDatabase(async (client) => {
      expect(await found(client)).toEqual(['extra() not in the database']);
      expect(await afterMigration(client)).toEqual([]);
    });
  });

  test('routines with another result, which PostgreSQL does not replace, or other parameters are found and migrated', async () => {
    await edit('dialog_write', 'RETURNS boolean', 'RETURNS int');
    await edit('dialog_write', 'RETURN FOUND', 'RETURN FOUND::int');
    await edit('ten_minutes', 'p_at timestamptz', 'p_at timestamptz, p_more int');
    await inDatabase(async (client) => {
      expect(await found(client)).toEqual([
        'dialog_write(bigint, integer, jsonb) changed',
        'ten_minutes(timestamp with time zone) without a file',
        'ten_minutes(timestamp with time zone, integer) not in the database',
      ]);
    });
    await edit('dialog_write', 'RETURNS int', 'RETURNS bigint');
    await inDatabase(async (client) => expect(await afterMigration(client)).toEqual([]));
  });

  test('a routine that was made or changed by hand is found', async () => {
    const own = await freshDatabase();
    try {
      await withDatabase(own.url, async (client) => {
        await client.query(`CREATE FUNCTION stray() RETURNS int LANGUAGE sql RETURN 1;
          CREATE OR REPLACE FUNCTION lane_before(p_user bigint, p_seq int) RETURNS int LANGUAGE sql STABLE AS 'SELECT 1'`);
        expect(await found(client)).toEqual([
          'lane_before(bigint, integer) changed',
          'stray() without a file',
        ]);
      });
    } finally {
      await own.drop();
    }
  });

  test('a routine’s file that makes two routines, or one of another name, is refused', async () => {
    await appendFile(file('is_open'), 'CREATE FUNCTION second() RETURNS int LANGUAGE sql RETURN 1;');
    await inDatabase((client) =>
      expect(found(client)).rejects.toThrow('The routine second is not in a file of its own.'),
    );
    await writeFile(file('is_open'), 'CREATE FUNCTION is_closed() RETURNS int LANGUAGE sql RETURN 1;');
    await inDatabase((client) => expect(found(client)).rejects.toThrow(/is_open\.sql must make one routine/));
  });
});
