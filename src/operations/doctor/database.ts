import type { Config } from '../../runtime/config-schema.ts';
import { connect, disconnect } from '../../store/connection.ts';
import { findMissingMigrations } from '../../store/migrate.ts';
import { readServerState, type ServerState } from '../../store/server-state.ts';
import { NoDatabaseError, openUsedDatabase } from '../used-database.ts';
import { clockFinding } from './clock.ts';
import { type Finding, ok, reasonOf, skipped, wrong } from './finding.ts';

/** Minimum PostgreSQL version for Dabir's SQL (docs/operations). */
const oldestVersion = 14;

/**
 * Minimum free connections. A process opens up to 10, and three for each queue without Redis; with fewer it may
 * not start.
 */
const fewConnections = 20;

/** Maximum age of a backup, in hours: a daily backup has failed twice. */
const oldBackupHours = 49;

/** Checks PostgreSQL: the server, migrations, connections, its clock and the age of the last backup. */
export async function diagnoseDatabase(config: Config): Promise<Finding[]> {
  try {
    const database = await openUsedDatabase(config, { purpose: 'npm run doctor checks its database' });
    try {
      const client = await connect(database.url, 'dabir doctor');
      try {
        const state = await readServerState(client);
        const missing = await findMissingMigrations(database.url);
        return databaseFindings(state, missing, database.isEmbedded);
      } finally {
        disconnect(client);
      }
    } finally {
      await database.close();
    }
  } catch (error) {
    if (error instanceof NoDatabaseError) {
      return [
        skipped(
          'Database',
          'DATABASE_URL is not set, and DATA_DIR has no embedded database',
          'npm start creates one',
        ),
      ];
    }
    const advice = 'start PostgreSQL, and compare DATABASE_URL with its address, user and password';
    return [wrong('Database', (error as Error).message || reasonOf(error), advice)];
  }
}

/** Turns the server's state into findings. */
export function databaseFindings(
  state: ServerState,
  missing: readonly string[],
  isEmbedded: boolean,
): Finding[] {
  return [
    versionFinding(state, isEmbedded),
    migrationsFinding(missing),
    connectionsFinding(state),
    clockFinding('Clock and PostgreSQL', state.clockAheadMs),
    backupFinding(state),
  ];
}

function versionFinding({ version, majorVersion }: ServerState, isEmbedded: boolean): Finding {
  const text = `PostgreSQL ${version}${isEmbedded ? ', the embedded one' : ''}`;
  return majorVersion >= oldestVersion
    ? ok('Database', text)
    : wrong('Database', text, `upgrade PostgreSQL to ${oldestVersion} or newer`);
}

function migrationsFinding(missing: readonly string[]): Finding {
  return missing.length === 0
    ? ok('Migrations', 'all are applied')
    : wrong(
        'Migrations',
        `${missing.length} not applied yet (${missing[0]}${missing.length > 1 ? ', …' : ''})`,
        'restart a bot or a worker: the first to start applies them',
      );
}

function connectionsFinding({ connections, maxConnections }: ServerState): Finding {
  const text = `${connections} of ${maxConnections} in use`;
  return maxConnections - connections >= fewConnections
    ? ok('Connections', text)
    : wrong('Connections', text, 'raise max_connections of PostgreSQL, or run fewer processes');
}

function backupFinding({ lastBackupAt }: ServerState): Finding {
  if (lastBackupAt === null) return skipped('Backup', 'none has been made yet', 'npm run backup');
  const hours = (Date.now() - lastBackupAt.getTime()) / 3_600_000;
  const text = `the last one is ${Math.floor(hours)} hours old`;
  return hours <= oldBackupHours
    ? ok('Backup', text)
    : wrong('Backup', text, 'look at the timer and its log (docs/operations/backup.md)');
}
