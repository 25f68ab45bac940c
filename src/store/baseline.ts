import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { z } from 'zod';

/** Name and SHA-256 of a migration, in hexadecimal digits. */
type AppliedMigration = { readonly name: string; readonly checksum: string };

/** The migrations that a baseline replaces, as it describes them (docs/decisions/0022-routines.md). */
export type Baseline = {
  /** The migrations that it replaces, all of them. */
  readonly replaces: readonly AppliedMigration[];
  /** SQL for a database that has all of these, in place of the baseline's own. */
  readonly adoptSql: string;
};

const replacesSchema = z.array(z.object({ name: z.string(), checksum: z.string() }));

/** Reads `replaces.json` and `adopt.sql` from the folder of a migration. @returns null when it replaces nothing */
export async function readBaseline(folder: URL): Promise<Baseline | null> {
  const content = await readFile(new URL('replaces.json', folder), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    },
  );
  if (content === null) return null;
  return {
    replaces: replacesSchema.parse(JSON.parse(content)),
    adoptSql: await readFile(new URL('adopt.sql', folder), 'utf8'),
  };
}

/** Finds the first replaced migration that was not applied, or was applied with other SQL; undefined when all were. */
export function missingBefore(
  { replaces }: Baseline,
  applied: readonly AppliedMigration[],
): string | undefined {
  const checksums = new Map(applied.map(({ name, checksum }) => [name, checksum]));
  return replaces.find(({ name, checksum }) => checksums.get(name) !== checksum)?.name;
}

/**
 * Marks a baseline as applied in a database that has all migrations which it replaces, and deletes the records of
 * those. The tables are the same already; its routines become those of the baseline. One transaction.
 */
export async function adoptBaseline(
  connection: pg.Client,
  { name, checksum, baseline }: AppliedMigration & { readonly baseline: Baseline },
): Promise<void> {
  await connection.query('BEGIN');
  try {
    await connection.query(baseline.adoptSql);
    await connection.query('DELETE FROM _prisma_migrations WHERE migration_name = ANY ($1)', [
      baseline.replaces.map((replaced) => replaced.name),
    ]);
    await connection.query(
      `INSERT INTO _prisma_migrations (id, migration_name, checksum, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), now(), 1)`,
      [randomUUID(), name, checksum],
    );
    await connection.query('COMMIT');
  } catch (error) {
    await connection.query('ROLLBACK');
    throw error;
  }
}
