import pg from 'pg';
import type { TableContents } from './contents.ts';

/** A table with its columns, without its rows. */
export type TableShape = Omit<TableContents, 'rows'>;

/**
 * Lists the tables of Dabir and their columns, by name. Leaves out Prisma's table of migrations,
 * because a restore creates it by applying the same migrations.
 */
export async function listTables(client: pg.Client): Promise<TableShape[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(`
    SELECT c.relname AS name,
           array_agg(a.attname::text ORDER BY a.attnum)
             FILTER (WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
       AND NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
     GROUP BY c.relname ORDER BY c.relname`);
  return rows;
}

/** Counts the rows of each table, one table after the other. */
export async function countRows(client: pg.Client, names: readonly string[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const name of names) {
    const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${quote(name)}`);
    counts.set(name, Number(rows[0]?.count));
  }
  return counts;
}

/** Quotes a name of the schema `public` for SQL. */
export function quote(name: string): string {
  return `public.${pg.escapeIdentifier(name)}`;
}

/** Returns a table with its columns, in the form that COPY takes. */
export function copyTarget({ name, columns }: TableShape): string {
  return `${quote(name)} (${columns.map(pg.escapeIdentifier).join(', ')})`;
}
