import { findUserOfFolder, openDataFolder } from '../embedded/data-folder.ts';
import { findRunningPostgres, hasEmbeddedPostgres, startEmbeddedPostgres } from '../embedded/postgres.ts';
import type { Config } from '../runtime/config-schema.ts';

/** The database of a configuration: DATABASE_URL or the embedded one. */
export type UsedDatabase = {
  readonly url: string;
  readonly isEmbedded: boolean;
  /** True if `npm start` uses the embedded database at this moment. */
  readonly isInUse: boolean;
  /** Stops everything that was started for this. */
  close(): Promise<void>;
};

/** Thrown if there is no database to use; the message says why in one sentence. */
export class NoDatabaseError extends Error {
  override readonly name = 'NoDatabaseError';
}

/**
 * Opens the database of a configuration. Starts the embedded one, or uses the running server of `npm start`.
 * @param purpose text that a concurrent `npm start` gets, such as `a backup is being made`
 * @param creates true to create an embedded database if there is none
 * @throws NoDatabaseError, or an Error in one sentence if PostgreSQL does not start
 */
export async function openUsedDatabase(
  { DATABASE_URL: url, DATA_DIR: dataDir }: Config,
  { purpose, creates = false }: { readonly purpose: string; readonly creates?: boolean },
): Promise<UsedDatabase> {
  if (url !== null) return { url, isEmbedded: false, isInUse: false, close: async () => undefined };
  if (!creates && !(await hasEmbeddedPostgres(dataDir))) {
    throw new NoDatabaseError(
      `DATABASE_URL is not set, and there is no embedded database in DATA_DIR (${dataDir}). ` +
        'Run the command with the configuration that Dabir runs with.',
    );
  }
  if ((await findUserOfFolder(dataDir)) !== undefined) {
    const running = await findRunningPostgres(dataDir);
    if (running === undefined)
      throw new NoDatabaseError(`Dabir is starting or stopping in ${dataDir}. Try again in a minute.`);
    return { url: running, isEmbedded: true, isInUse: true, close: async () => undefined };
  }
  const folder = await openDataFolder(dataDir);
  try {
    folder.announce(purpose);
    const postgres = await startEmbeddedPostgres(dataDir);
    return {
      url: postgres.url,
      isEmbedded: true,
      isInUse: false,
      async close() {
        await postgres.stop();
        await folder.close();
      },
    };
  } catch (error) {
    await folder.close();
    throw error;
  }
}
