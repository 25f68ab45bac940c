import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/embedded/postgres.ts';

/**
 * Starts the embedded PostgreSQL without flushes to the disk, which take most of the time of CREATE and DROP DATABASE.
 * A commit still survives the end of the server's processes, and is lost only when the machine itself crashes.
 * The setting stays in the data folder, so that later starts keep it.
 */
export async function startUnsyncedPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres(dataDir);
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query('ALTER SYSTEM SET fsync = off');
  await client.query('ALTER SYSTEM SET full_page_writes = off');
  await client.query('SELECT pg_reload_conf()');
  await client.end();
  return server;
}
