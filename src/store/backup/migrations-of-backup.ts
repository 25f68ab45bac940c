import { missingBefore } from '../baseline.ts';
import {
  checksumOf,
  prismaFolder,
  readMigrations,
  replacingOne,
  unknownOf,
} from '../committed-migrations.ts';

/**
 * Finds the migrations that make the tables of a backup.
 * @param applied name and SHA-256 of each migration that the saved database had
 * @returns their names in this checkout: for a backup of the last version before 0.1.0 that is the baseline
 * @throws Error in one sentence when one is unknown here, or was changed since, or when the backup is of an older
 * version before 0.1.0
 */
export async function migrationsOfBackup(
  applied: readonly { readonly name: string; readonly checksum: string }[],
  folder: URL = prismaFolder,
): Promise<ReadonlySet<string>> {
  const migrations = await readMigrations(folder);
  const names = applied.map(({ name }) => name);
  const unknown = unknownOf(migrations, names);
  if (unknown !== undefined) {
    throw new Error(
      `The backup has the migration ${unknown}, which this version of Dabir does not know: ` +
        'the backup is newer than the program. Update the program.',
    );
  }
  const replacing = replacingOne(migrations, names);
  const missing = replacing && missingBefore(replacing.baseline, applied);
  if (missing !== undefined) {
    throw new Error(
      `The backup was made by a version before 0.1.0 that is too old: it has not the migration ${missing} as ` +
        '0.1.0 expects it. Restore it with the version that made it, update that to the last one before 0.1.0, ' +
        'and make a new backup.',
    );
  }
  for (const { name, checksum } of applied) {
    const migration = migrations.find((candidate) => candidate.name === name);
    if (migration !== undefined && checksumOf(migration) !== checksum)
      throw new Error(
        `The migration ${name} is not the one that the backup was made with. Put its file back.`,
      );
  }
  const known = names.filter((name) => migrations.some((migration) => migration.name === name));
  return new Set(replacing === undefined ? known : [replacing.name, ...known]);
}
