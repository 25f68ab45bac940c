import sql, { raw } from 'sql-template-tag';
import type { Database } from '../../src/store/client.ts';

/** Tables that change while nothing happens. */
const ticking: ReadonlySet<string> = new Set([
  '_prisma_migrations',
  'activity',
  'depth',
  'engine_report',
  'process',
  'reading',
  'release',
  'watch',
]);

/** Columns that heartbeats change. */
const beating = ['leaseUntil', 'stage', 'fraction'];

/** Columns that hold a user's id. */
const naming = ['userId', 'chatId', 'actorId', 'madeById', 'askedById'];

/**
 * Returns everything in all tables of Dabir, a line for each row, sorted; two results are equal when nothing
 * has happened in between.
 * @param except users whose own rows are left out
 */
export async function databaseContents(
  database: Database,
  except: readonly { readonly id: number }[] = [],
): Promise<string[]> {
  const own = new Set(except.map(({ id }) => id));
  const tables = await database.query<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
  const lines: string[] = [];
  for (const { name } of tables.filter(({ name }) => !ticking.has(name))) {
    const rows = await database.query<{ row: Record<string, unknown> }[]>(
      sql`SELECT to_jsonb(t) AS row FROM ${raw(`"${name}"`)} t`,
    );
    const names = name === 'user' || name === 'chat' ? ['id', ...naming] : naming;
    for (const { row } of rows) {
      if (names.some((column) => own.has(Number(row[column])))) continue;
      const still = Object.entries(row).filter(([column]) => !(name === 'lane' && beating.includes(column)));
      lines.push(`${name} ${JSON.stringify(Object.fromEntries(still))}`);
    }
  }
  return lines.sort();
}
