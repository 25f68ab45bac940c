import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/embedded/postgres.ts';

/**
 * Settings of a server for tests. Without flushes to the disk CREATE and DROP DATABASE take milliseconds; a commit
 * still survives the end of the server's processes, and is lost only when the machine itself crashes. Several test
 * files share the connections, each with up to a dozen processes.
 */
const settings = { fsync: 'off', full_page_writes: 'off', max_connections: '400' };

/**
 * Starts the embedded PostgreSQL for tests, as fast as it can be.
 * @param more settings of this server, above the usual
 */
export function startUnsyncedPostgres(
  dataDir: string,
  more: Readonly<Record<string, string>> = {},
): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres(dataDir, { ...settings, ...more });
}
