import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { z } from 'zod';

/**
 * Returns the number of a checkout's release; each release that brings migrations raises it by one.
 * @param folder the folder with `release.json` and the migrations
 */
export async function releaseOf(folder: URL): Promise<number> {
  const content: unknown = JSON.parse(await readFile(new URL('release.json', folder), 'utf8'));
  return z.object({ release: z.int() }).parse(content).release;
}

/** Records that a database has all migrations of this checkout's release. */
export async function recordRelease(connection: pg.Client, folder: URL): Promise<void> {
  await connection.query('INSERT INTO release (number) VALUES ($1) ON CONFLICT DO NOTHING', [
    await releaseOf(folder),
  ]);
}

/**
 * Returns true when a database is exactly one release ahead of this checkout. The program was then rolled back; it
 * still works, because every migration stays compatible with the release before it (docs/operations/upgrade.md).
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
