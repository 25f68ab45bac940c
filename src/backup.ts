/**
 * Command `npm run backup [-- --to FOLDER] [--keep N]`: saves the database into a file and reads it
 * back.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createFolder } from './embedded/create-folder.ts';
import { backup } from './operations/backup/backup.ts';
import { exitCodeHelp, inMegabytes, parseArguments, runBackupCommand } from './operations/backup/command.ts';
import { Failure } from './operations/backup/failure.ts';
import { openUsedDatabase } from './operations/used-database.ts';
import { loadConfig } from './runtime/config.ts';
import { loadEnvironment } from './runtime/environment.ts';
import { readVersion } from './runtime/version.ts';

const help = `npm run backup [-- --to FOLDER] [--keep N]

Saves all of Dabir's tables into FOLDER/dabir-<time>.tar.gz while Dabir runs, reads the file back, and compares the
number of rows in it with what PostgreSQL counted. It reads the same configuration as Dabir (.env, the environment,
files of secrets) and works with the embedded database too, whether it runs or not.

  --to FOLDER   where to; the default is DATA_DIR/backups. It is created if the folder above it exists. A folder of its
                own for each bot.
  --keep N      how many backups to leave in the folder, this one included; the default is 14. Older ones are deleted
                after the new one was checked, and no other file is touched.
  --help        this text

Not in the file: configuration and secrets (.env, secrets/, /etc/dabir) and wake-up calls (Redis, the schema bullmq).

${exitCodeHelp}`;

await runBackupCommand(async ({ onProgress, signal }) => {
  const startedAt = Date.now();
  const { values } = parseArguments(() =>
    parseArgs({ options: { to: { type: 'string' }, keep: { type: 'string' }, help: { type: 'boolean' } } }),
  );
  if (values.help) return help;
  const keep = Number(values.keep ?? '14');
  if (!Number.isInteger(keep) || keep < 1)
    throw new Failure('usage', '--keep must be a whole number, at least 1.');
  const config = loadConfig(loadEnvironment());
  const folder = values.to === undefined ? join(config.DATA_DIR, 'backups') : resolve(values.to);
  const database = await openUsedDatabase(config, { purpose: 'a backup is being made' });
  try {
    if (values.to === undefined) await createFolder(resolve(config.DATA_DIR), 0o755);
    const made = await backup({
      databaseUrl: database.url,
      ...{ folder, keep, program: readVersion(), onProgress, signal },
    });
    const { file, bytes, tables, rows, deleted, isRecorded } = made;
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    return [
      `Saved ${rows} rows of ${tables} tables in ${file} (${inMegabytes(bytes)}, ${seconds} s); read back and compared.`,
      ...(deleted.length > 0 ? [`Older backups deleted: ${deleted.length}.`] : []),
      ...(isRecorded
        ? []
        : ['The database could not be told of this backup: the admin page will not show it.']),
    ].join(' ');
  } finally {
    await database.close();
  }
});
