/**
 * Command `npm run restore -- FILE [--replace]`: restores a backup into an empty database, or
 * checks the file.
 */
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readArchive } from './operations/backup/archive-reader.ts';
import { backup } from './operations/backup/backup.ts';
import {
  type CommandTools,
  exitCodeHelp,
  parseArguments,
  runBackupCommand,
} from './operations/backup/command.ts';
import { Failure } from './operations/backup/failure.ts';
import { rowsOf } from './operations/backup/manifest.ts';
import { restore } from './operations/backup/restore.ts';
import { openUsedDatabase } from './operations/used-database.ts';
import { loadConfig } from './runtime/config.ts';
import { loadEnvironment } from './runtime/environment.ts';
import { readVersion } from './runtime/version.ts';

const help = `npm run restore -- FILE [--replace | --check]

Brings a backup (npm run backup) back into the database that the configuration names, with Dabir stopped: DATABASE_URL,
or the embedded one. The file is checked from end to end before anything is changed. A backup of an older version is
brought up to date.

  --replace   also when the database is not empty: what is in it is saved beside FILE first, then deleted
  --check     only checks the file; needs no database
  --help      this text

${exitCodeHelp}`;

await runBackupCommand(async (tools) => {
  const { values, positionals } = parseArguments(() =>
    parseArgs({
      allowPositionals: true,
      options: { replace: { type: 'boolean' }, check: { type: 'boolean' }, help: { type: 'boolean' } },
    }),
  );
  if (values.help) return help;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Failure('usage', 'Name one file. See --help.');
  const archive = resolve(file);
  if (values.check) return check(archive);
  return bringBack(archive, values.replace ?? false, tools);
});

async function check(archive: string): Promise<string> {
  const manifest = await readArchive(archive);
  const { madeAt, tables, program } = manifest;
  return `The archive is whole: ${rowsOf(manifest)} rows of ${tables.length} tables, made ${madeAt} by Dabir ${program}.`;
}

async function bringBack(archive: string, replaces: boolean, tools: CommandTools): Promise<string> {
  const startedAt = Date.now();
  const config = loadConfig(loadEnvironment());
  const database = await openUsedDatabase(config, { purpose: 'a backup is being restored', creates: true });
  try {
    if (database.isInUse)
      throw new Failure(
        'refused',
        `Dabir runs on the embedded database in ${config.DATA_DIR}. Stop it first.`,
      );
    const saveFirst = async () => {
      // Deletes no other backup, also where `npm run backup` runs with another --keep.
      const options = { folder: dirname(archive), keep: Number.MAX_SAFE_INTEGER, program: readVersion() };
      return (await backup({ databaseUrl: database.url, ...options, ...tools })).file;
    };
    const { madeAt, tables, rows, newer, before } = await restore({
      databaseUrl: database.url,
      archive,
      saveFirst: replaces ? saveFirst : null,
      ...tools,
    });
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    return [
      `Restored ${rows} rows of ${tables} tables, as of ${madeAt} (${seconds} s); counted and compared.`,
      ...(newer.length > 0 ? [`Newer migrations applied: ${newer.length}.`] : []),
      ...(before === null ? [] : [`What was in the database before is in ${before}.`]),
    ].join(' ');
  } finally {
    await database.close();
  }
}
