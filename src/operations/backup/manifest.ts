import { z } from 'zod';

const count = z.int().nonnegative();

/** The last entry of an archive: what the entries before it hold. An archive without it is not whole. */
export const manifestSchema = z.object({
  /** Of this layout. */
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** The version of Dabir that made it. */
  program: z.string(),
  /** The version of PostgreSQL that it was made on. */
  postgres: z.string(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      /** As PostgreSQL counted them in the snapshot. */
      rows: count,
      /** Of the rows in the text format of COPY. */
      bytes: count,
      sha256: z.string(),
    }),
  ),
  sequences: z.array(z.object({ name: z.string(), value: z.string(), isCalled: z.boolean() })),
});

export type Manifest = z.infer<typeof manifestSchema>;

export const manifestName = 'manifest.json';

/**
 * Names the entry of one piece of a table. Pieces are cut anywhere, also within a row; together they are what COPY
 * gave.
 * @param number from 1 on
 */
export function pieceName(table: string, number: number): string {
  return `tables/${table}/${String(number).padStart(6, '0')}.copy`;
}

/** Returns the table of an entry, or null when it is none of a table. */
export function tableOf(entry: string): string | null {
  return /^tables\/([^/]+)\/\d+\.copy$/.exec(entry)?.[1] ?? null;
}

/** Adds up the rows of all tables. */
export function rowsOf({ tables }: Pick<Manifest, 'tables'>): number {
  return tables.reduce((sum, { rows }) => sum + rows, 0);
}
