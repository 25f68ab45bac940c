import type { BackupRecord } from '../../app/admin/system-ports.ts';
import type { Database } from '../client.ts';

/** Returns the latest backup of this database; null when none was ever recorded. */
export async function readLastBackup(database: Database): Promise<BackupRecord | null> {
  const [row] = await database.query<(Omit<BackupRecord, 'bytes' | 'rows'> & Counts)[]>`
    SELECT "startedAt", "endedAt", bytes, rows, host, file FROM backup ORDER BY id DESC LIMIT 1`;
  return row === undefined ? null : { ...row, bytes: Number(row.bytes), rows: Number(row.rows) };
}

type Counts = { bytes: bigint; rows: bigint };
