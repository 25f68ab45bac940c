import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { DatabaseAwayError } from '../app/ports/database.ts';
import { connectionFailure } from '../lib/connection-failure.ts';
import { PrismaClient } from './generated/client.ts';

export type Database = PrismaClient;

/**
 * Opens a pool of connections to a migrated database. Connects at the first query; call
 * `$disconnect()` at the end. Calls reject with a DatabaseAwayError when the connection failed, and
 * with Prisma's errors otherwise.
 * @param poolSize maximum number of connections; each takes about 10 MB on the server
 */
export function openDatabase(databaseUrl: string, poolSize = 10): Database {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: poolSize,
    // Keeps opened connections. On a machine that is short of processor time, opening one can take
    // longer than the timeout below; by default the pool closes connections after 10 s without use
    // and opens them again soon after.
    min: poolSize,
    // With the server down, a heartbeat must fail well before its lease ends.
    connectionTimeoutMillis: 3_000,
    // A response lost on the network must not hold a connection forever.
    query_timeout: 20_000,
    keepAlive: true,
    application_name: 'dabir',
  });
  // The adapter removes its listener from a connection before it returns it after a failed BEGIN.
  // An error from the server at that moment would be an unhandled 'error' event and end this
  // process (@prisma/adapter-pg 7.10).
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  const client = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
  // The extended client has everything that the stores use. Its type lacks only the events, which
  // they do not use.
  return client.$extends({
    query: {
      $allOperations: ({ args, query }) => query(args).catch(named),
    },
  }) as unknown as PrismaClient;
}

/** Throws the same error, or a DatabaseAwayError when the connection failed. */
function named(error: unknown): never {
  const failure = connectionFailure(error);
  if (failure === null) throw error;
  const lines = (error as Error).message.trim().split('\n');
  throw new DatabaseAwayError(failure.isDown, `the database is away: ${lines.at(-1)?.trim()}`, error);
}
