import type pg from 'pg';
import { fillLanes } from './full-lanes.ts';
import { fillPast, type Past } from './past-files.ts';

/**
 * Everything that COPY has to escape, quotes, a line that ends COPY's input, and characters beyond the BMP.
 */
const awkward = 'سلام\tدنیا\\N\n\\.\r\n"quoted" \\\\ \u200c😀';

/** Values by type, for columns that are otherwise empty. */
const values: Readonly<Record<string, string>> = {
  int2: '40',
  int4: '1',
  int8: '1',
  float4: '0.1',
  float8: '0.1',
  bool: 'true',
  text: '$1',
  jsonb: `jsonb_build_object('words', $1::text)`,
  timestamptz: `'2026-11-29 12:34:56.789+00'`,
  tsvector: `to_tsvector('simple', $1)`,
  _text: 'ARRAY[$1, NULL]',
  _int4: 'ARRAY[1, -1]',
  _float4: 'ARRAY[0.5, -0.25]::real[]',
  _int8: 'ARRAY[1, -1]::bigint[]',
};

/** Columns that take only some values (a CHECK). */
const checkedValues: Readonly<Record<string, string>> = {
  'bulk_change.action': `'cancel'`,
  'bulk_change.state': `'OPEN'`,
};

/**
 * Fills every table of a migrated database: files, lanes and users as the product leaves them, and one row
 * with a value in each column where that leaves a table empty.
 * @returns the names of all tables
 */
export async function fillEveryTable(
  client: pg.Client,
  past: Past = { files: 1_500, users: 211, days: 10 },
): Promise<string[]> {
  await fillPast(client, past);
  await fillLanes(client, { from: 1_001, users: 10, ended: 5, open: 3 });
  await client.query(`UPDATE transcript SET text = $1 WHERE "transcriptionId" % 2 = 0`, [awkward]);
  // A file that refers to a later one: no order of rows satisfies every key at once.
  await client.query(`UPDATE transcription SET "copyOf" = id + 1 WHERE id < 100`);
  const { rows: tables } = await client.query<{ name: string }>(`
    SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> '_prisma_migrations' ORDER BY 1`);
  const left = tables.map(({ name }) => name);
  for (let name = left.shift(); name !== undefined; name = left.shift()) {
    const { rows } = await client.query(`SELECT FROM "${name}" LIMIT 1`);
    if (rows.length > 0) continue;
    const isFilled = await fillOne(client, name).then(
      () => true,
      (error: { code?: string }) => {
        // It refers to a table that is filled later.
        if (error.code === '23503' && left.length > 0) return false;
        throw error;
      },
    );
    if (!isFilled) left.push(name);
  }
  return tables.map(({ name }) => name);
}

async function fillOne(client: pg.Client, table: string): Promise<void> {
  const { rows: columns } = await client.query<{ name: string; type: string; isEnum: boolean }>(
    `SELECT a.attname AS name, t.typname AS type, t.typtype = 'e' AS "isEnum"
       FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
      WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity = ''`,
    [`"${table}"`],
  );
  const filled = columns.map(({ name, type, isEnum }) => {
    const value =
      checkedValues[`${table}.${name}`] ?? (isEnum ? `(enum_range(NULL::"${type}"))[1]` : values[type]);
    if (value === undefined) throw new Error(`${table}.${name}: no value for the type ${type}`);
    return value;
  });
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const usesText = filled.some((value) => value.includes('$1'));
  await client.query(
    `INSERT INTO "${table}" (${names}) VALUES (${filled.join(', ')})`,
    usesText ? [awkward] : [],
  );
}
