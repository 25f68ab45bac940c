import type pg from 'pg';
import type { BackupRecord } from '../../app/admin/system-ports.ts';

/** Maximum number of records kept; older backups are of no interest. */
const keptRecords = 1_000;

/**
 * Records a backup in the database that was saved.
 * @returns false when the database is too old to have the table for it
 */
export async function recordBackup(client: pg.Client, record: BackupRecord): Promise<boolean> {
  const { rows: tables } = await client.query<{ name: string | null }>(
    `SELECT to_regclass('public.backup')::text AS name`,
  );
  if (tables[0]?.name == null) return false;
  const { startedAt, endedAt, bytes, rows, host, file } = record;
  await client.query(
    `WITH made AS (
       INSERT INTO backup ("startedAt", "endedAt", bytes, rows, host, file) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id
     ) DELETE FROM backup WHERE id <= (SELECT id FROM made) - $7::bigint`,
    [startedAt, endedAt, bytes, rows, host, file, keptRecords],
  );
  return true;
}
