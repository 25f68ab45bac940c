import type { Manifest } from './manifest.ts';

/** Tables that had another name before 0.1.0; the baseline, which replaces those migrations, makes the new ones. */
const renamedTables: Readonly<Record<string, string>> = { part: 'chunk', forgetting: 'erasure' };

/** Columns that had another name before 0.1.0, by the present name of their table. */
const renamedColumns: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  activity: { longestWaitSeconds: 'maxWaitSeconds' },
  chunk: { heard: 'transcript' },
  engine_test: { heard: 'text' },
  export: { parts: 'archives' },
  glossary_entry: { heard: 'misspellings' },
};

/** Returns the present name of a table of a backup. */
export function presentName(table: string): string {
  return renamedTables[table] ?? table;
}

/** Returns a manifest with the present names of its tables and columns, the tables in PostgreSQL's order. */
export function withPresentNames(manifest: Manifest): Manifest {
  const tables = manifest.tables.map((table) => {
    const name = presentName(table.name);
    const columns = table.columns.map((column) => renamedColumns[name]?.[column] ?? column);
    return { ...table, name, columns };
  });
  return { ...manifest, tables: tables.toSorted((one, other) => (one.name < other.name ? -1 : 1)) };
}
