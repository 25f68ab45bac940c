import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type Database, openDatabase, statementsOn } from '../../src/store/client.ts';
import { typeParsers } from '../../src/store/statement.ts';
import { PrismaClient } from './prisma/client.ts';

/** The product's database, and Prisma's models of its tables for what a test sets up and looks at. */
export type TestDatabase = Database &
  Pick<PrismaClient, Models> & {
    /** Runs `work` in a transaction on a connection of its own; commits it, or rolls it back when `work` rejects. */
    transaction<T>(work: (transaction: Database) => Promise<T>): Promise<T>;
  };

type Models = Exclude<keyof PrismaClient, `$${string}` | symbol>;

/**
 * Opens a migrated database. Prisma's client loads when a test uses the first model, with connections of its own.
 * @param poolSize maximum number of connections of the product's pool
 */
export function openTestDatabase(databaseUrl: string, poolSize = 10): TestDatabase {
  const database = openDatabase(databaseUrl, poolSize);
  let prisma: PrismaClient | undefined;
  const close = async () => {
    await Promise.all([database.close(), prisma?.$disconnect()]);
  };
  async function transaction<T>(work: (transaction: Database) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: databaseUrl, types: typeParsers });
    await client.connect();
    try {
      await client.query('BEGIN');
      const result = await work({ ...statementsOn(client), close: async () => undefined });
      await client.query('COMMIT');
      return result;
    } finally {
      // Ends a transaction that was not committed.
      await client.end();
    }
  }
  return new Proxy(database as TestDatabase, {
    get(target, name) {
      if (name === 'close') return close;
      if (name === 'transaction') return transaction;
      if (Object.hasOwn(target, name)) return Reflect.get(target, name);
      // Not thenable: a test may return it from an async function.
      if (name === 'then' || typeof name === 'symbol') return undefined;
      prisma ??= new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl, max: 2 }) });
      return Reflect.get(prisma, name);
    },
  });
}
