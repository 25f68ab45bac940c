import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { z } from 'zod';

/**
 * The number of a checkout's release; it rises by one with each that brings migrations.
 * @param folder where its migrations are
 */
async function releaseOf(folder: URL): Promise<number> {
  const content: unknown = JSON.parse(await readFile(new URL('release.json', folder), 'utf8'));
  return z.object({ release: z.int() }).parse(content).release;
}

/** Notes that a database has all migrations of this checkout's release. */
export async function noteRelease(connection: pg.Client, folder: URL): Promise<void> {
  await connection.query('INSERT INTO release (number) VALUES ($1) ON CONFLICT DO NOTHING', [
    await releaseOf(folder),
  ]);
}

/**
 * True when a database is exactly one release ahead of this checkout: the program was rolled back, and every migration
 * leaves the release before it working (docs/operations/upgrade.md).
 */
export async function isNextRelease(connection: pg.Client, folder: URL): Promise<boolean> {
  const { rows: tables } = await connection.query<{ name: string | null }>(
    `SELECT to_regclass('release')::text AS name`,
  );
  if (tables[0]?.name == null) return false;
  const { rows } = await connection.query<{ newest: number | null }>(
    'SELECT max(number) AS newest FROM release',
  );
  return rows[0]?.newest === (await releaseOf(folder)) + 1;
}
