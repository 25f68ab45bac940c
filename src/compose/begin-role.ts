import type { Logger } from 'pino';
import { loadConfig, type RoleConfig, requireRole } from '../runtime/config.ts';
import { loadEnvironment } from '../runtime/environment.ts';
import { createLogger } from '../runtime/log.ts';
import { createRecentLines, type RecentLines } from '../runtime/recent-lines.ts';
import { misspelledVariables } from '../runtime/unknown-variables.ts';
import { isMigrated, migrate } from '../store/migrate.ts';
import { waitForDatabase } from '../store/wait-for-database.ts';

/** The configuration and the log of a role. */
export type RoleBeginning = {
  readonly config: RoleConfig;
  readonly log: Logger;
  /** Log lines of this process, to be stored for admins. */
  readonly lines: RecentLines;
};

/**
 * Begins a role: reads the environment, opens the log, waits for the database and migrates it.
 * @throws ConfigError, or Error in one sentence when the database refuses the connection
 */
export async function beginRole(role: 'bot' | 'worker'): Promise<RoleBeginning> {
  const env = loadEnvironment();
  const config = requireRole(loadConfig(env));
  const lines = createRecentLines();
  const log = createLogger(config, role, lines.add);
  for (const problem of misspelledVariables(env)) log.warn(problem);
  if (!(await isMigrated(config.DATABASE_URL))) {
    await waitForDatabase(config.DATABASE_URL, log);
    await migrate(config.DATABASE_URL);
  }
  return { config, log, lines };
}
