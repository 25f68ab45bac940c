import { performance } from 'node:perf_hooks';
import type { DatabaseState } from '../../app/admin/system-ports.ts';
import type { Database } from '../client.ts';

/**
 * Returns version, size, connections and response time of the database. Rejects while it does not
 * answer.
 */
export async function readDatabaseState(database: Database): Promise<DatabaseState> {
  const askedAt = performance.now();
  await database.query`SELECT 1`;
  const milliseconds = performance.now() - askedAt;
  const [row] = await database.query<[{ version: string; bytes: bigint; connections: number }]>`
    SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes,
           (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database()) AS connections`;
  return { ...row, bytes: Number(row.bytes), milliseconds };
}
