import sql, { join, type Sql } from 'sql-template-tag';
import type { Database } from './client.ts';
import { preparedText } from './statement.ts';

/**
 * Returns whether work of one kind is due, as a boolean expression; NULL counts as false. Its text is always the same;
 * only its values may differ from call to call. It stands beside the statement that takes the work.
 *
 * On a table that grows, it compares the first entry of an index: `(SELECT min("leaseUntil") …) <= now()`. PostgreSQL
 * may plan a prepared statement while the table is empty, and would then scan the table for `EXISTS (… <= now())` until
 * its next ANALYZE.
 */
export type DueCondition = () => Sql;

/**
 * Returns a function that resolves to the kinds of work that are due, by one statement for all of them. A process
 * without work asks this once a second, in place of one statement for each kind.
 */
export function createDueQuery<Kind extends string>(
  database: Pick<Database, 'query'>,
  conditions: Readonly<Record<Kind, DueCondition>>,
): () => Promise<ReadonlySet<Kind>> {
  const kinds = Object.keys(conditions) as Kind[];
  const prepare = preparedText();
  return async () => {
    const flags = kinds.map((kind) => conditions[kind]());
    const [row] = await database.query<[{ due: (boolean | null)[] }]>(
      prepare(sql`SELECT ARRAY[${join(flags)}] AS due`),
    );
    return new Set(kinds.filter((_, index) => row.due[index] === true));
  };
}
