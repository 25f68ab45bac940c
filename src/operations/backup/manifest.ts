import { z } from 'zod';

const count = z.int().nonnegative();

/** The last entry of an archive: it describes the entries before it. An archive without it is incomplete. */
export const manifestSchema = z.object({
  /** Version of this layout. */
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** Version of Dabir that made the archive. */
  program: z.string(),
  /** Version of the PostgreSQL server. */
  postgres: z.string(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      /** As counted by PostgreSQL in the snapshot. */
      rows: count,
      /** Size of the rows in COPY's text format. */
      bytes: count,
      sha256: z.string(),
    }),
  ),
  sequences: z.array(z.object({ name: z.string(), value: z.string(), isCalled: z.boolean() })),
});

export type Manifest = z.infer<typeof manifestSchema>;

export const manifestName = 'manifest.json';

/**
 * Returns the entry's name for one piece of a table. Pieces may break within a row; joined they are COPY's
 * output.
 * @param number starts at 1
 */
export function pieceName(table: string, number: number): string {
  return `tables/${table}/${String(number).padStart(6, '0')}.copy`;
}

/** Returns the table of an entry; null if the entry belongs to no table. */
export function tableOf(entry: string): string | null {
  return /^tables\/([^/]+)\/\d+\.copy$/.exec(entry)?.[1] ?? null;
}

/** Returns the number of rows of all tables. */
export function rowsOf({ tables }: Pick<Manifest, 'tables'>): number {
  return tables.reduce((sum, { rows }) => sum + rows, 0);
}
