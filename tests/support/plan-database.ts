import pg from 'pg';
import { freshDatabase } from './databases.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';
import { type WatchedReads, watchReads } from './watched-reads.ts';

/**
 * Rounds in which a test of plans makes each call. PostgreSQL plans a function's statements for their parameters five
 * times and may then keep a generic plan (`plan_cache_mode`).
 */
export const planRounds = 8;

/** A filled database whose reads are watched. */
export type PlanDatabase = {
  /** Has one connection, so that its plans and counts are all there are. */
  readonly database: TestDatabase;
  readonly reads: WatchedReads;
  close(): Promise<void>;
};

/** Opens a fresh database after `fill`, which ends with ANALYZE. */
export async function openPlanDatabase(fill: (client: pg.Client) => Promise<unknown>): Promise<PlanDatabase> {
  const fresh = await freshDatabase();
  const client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  await fill(client);
  // Statistics are flushed now, so that the set-up's reads do not count for the first call.
  await client.query('SELECT pg_stat_force_next_flush()');
  await client.end();
  const database = openTestDatabase(fresh.url, 1);
  return {
    database,
    reads: watchReads(database),
    async close() {
      await database.close();
      await fresh.drop();
    },
  };
}
