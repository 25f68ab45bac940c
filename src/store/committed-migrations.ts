import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { type Baseline, readBaseline } from './baseline.ts';

/** The committed schema and migrations of this checkout. */
export const prismaFolder = new URL('../../prisma/', import.meta.url);

/** One committed migration. `baseline`: the older ones that it replaces; null for most. */
export type Migration = { readonly name: string; readonly sql: string; readonly baseline: Baseline | null };

/** Reads the committed migrations, in the order in which they are applied. */
export async function readMigrations(folder: URL): Promise<Migration[]> {
  const base = new URL('migrations/', folder);
  const entries = await readdir(base, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      sql: await readFile(new URL(`${name}/migration.sql`, base), 'utf8'),
      baseline: await readBaseline(new URL(`${name}/`, base)),
    })),
  );
}

/** Finds a name that is neither a migration of this checkout nor one that its baseline replaces. */
export function unknownOf(migrations: readonly Migration[], names: readonly string[]): string | undefined {
  const known = new Set(
    migrations.flatMap(({ name, baseline }) => [
      name,
      ...(baseline?.replaces.map((replaced) => replaced.name) ?? []),
    ]),
  );
  return names.find((name) => !known.has(name));
}

/** Finds the baseline that replaces some of these migrations; undefined when there is none. */
export function replacingOne(
  migrations: readonly Migration[],
  names: readonly string[],
): (Migration & { readonly baseline: Baseline }) | undefined {
  for (const { name, sql, baseline } of migrations) {
    if (baseline?.replaces.some((replaced) => names.includes(replaced.name))) return { name, sql, baseline };
  }
  return undefined;
}

/** Returns the SHA-256 that Prisma records for a migration, in hex. */
export function checksumOf({ sql }: Migration): string {
  return createHash('sha256').update(sql).digest('hex');
}
