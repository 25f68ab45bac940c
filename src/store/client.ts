import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { DatabaseAwayError } from '../app/ports/database.ts';
import { connectionFailure } from './connection-failure.ts';
import { PrismaClient } from './generated/client.ts';

export type Database = PrismaClient;

/**
 * Opens a pool of connections to a migrated database. Connects at the first query; call `$disconnect()` at the end.
 * Calls reject with a DatabaseAwayError when the connection failed, and with Prisma's errors otherwise.
 * @param poolSize connections at most; each costs the server some 10 MB
 */
export function openDatabase(databaseUrl: string, poolSize = 10): Database {
  const pool = new pg.Pool({
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
  // The adapter takes its listener off a connection before it gives it back after a failed BEGIN. What the server says
  // at that moment would be an unhandled 'error' event, and end this process (@prisma/adapter-pg 7.10).
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  const client = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
  // The extended client has all that the stores use; its type leaves out the events, which they do not.
  return client.$extends({
    query: {
      $allOperations: ({ args, query }) => query(args).catch(named),
    },
  }) as unknown as PrismaClient;
}

/** Rejects with the same error, or with one that says that the database is away. */
function named(error: unknown): never {
  const failure = connectionFailure(error);
  if (failure === null) throw error;
  const lines = (error as Error).message.trim().split('\n');
  throw new DatabaseAwayError(failure.isDown, `the database is away: ${lines.at(-1)?.trim()}`, error);
}
