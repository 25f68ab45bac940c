import type { Manifest } from './manifest.ts';

/** Tables that had another name before 0.1.0; the baseline, which replaces those migrations, makes the new ones. */
const renamedTables: Readonly<Record<string, string>> = { part: 'chunk', forgetting: 'erasure' };

/** Returns the present name of a table of a backup. */
export function presentName(table: string): string {
  return renamedTables[table] ?? table;
}

/** Returns a manifest with the present names of its tables, in the order in which PostgreSQL lists them. */
export function withPresentNames(manifest: Manifest): Manifest {
  const tables = manifest.tables.map((table) => ({ ...table, name: presentName(table.name) }));
  return { ...manifest, tables: tables.toSorted((one, other) => (one.name < other.name ? -1 : 1)) };
}
