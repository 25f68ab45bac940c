import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.ts';

export type Database = PrismaClient;

/**
 * Opens a pool of connections to a migrated database. Connects at the first query; call `$disconnect()` at the end.
 * @param poolSize connections at most; each costs the server some 10 MB
 */
export function openDatabase(databaseUrl: string, poolSize = 10): Database {
  const adapter = new PrismaPg({
    connectionString: databaseUrl,
    max: poolSize,
    // What was opened stays open. On a machine that is short of processor time a new connection can take longer than the
    // timeout below, and by default the pool closes whatever was idle for 10 s and opens it again a moment later.
    min: poolSize,
    // A database that is down must not hang a heartbeat for longer than a lease.
    connectionTimeoutMillis: 3_000,
    // An answer that was lost on the way must not keep a connection for ever.
    query_timeout: 20_000,
    keepAlive: true,
    application_name: 'dabir',
  });
  return new PrismaClient({ adapter });
}
