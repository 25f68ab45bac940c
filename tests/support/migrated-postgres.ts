import { execFile } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EmbeddedPostgres } from '../../src/embedded/postgres.ts';
import { migrate } from '../../src/store/migrate.ts';
import { startUnsyncedPostgres } from './unsynced-postgres.ts';

/** Environment variable with the data folder of a stopped, migrated server, from which new ones are copied. */
export const originalVariable = 'DABIR_TEST_POSTGRES';

/**
 * Starts a new, migrated server with its files in `dataDir`. In a run of vitest it starts as a copy, which takes a
 * tenth of the time: initdb and the migrations take 1.4 s of a core.
 */
export async function startMigratedPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  const original = process.env[originalVariable];
  if (original !== undefined) await copyPostgres(original, dataDir);
  const server = await startUnsyncedPostgres(dataDir);
  await migrate(server.url);
  return server;
}

/** Copies the files of a stopped server from one data folder into another. */
export async function copyPostgres(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of ['postgres', 'postgres-password']) {
    // Only the program keeps the owner, which under root is not root. Windows has no such owners.
    if (process.platform === 'win32') await cp(join(from, name), join(to, name), { recursive: true });
    else await promisify(execFile)('cp', ['-Rp', join(from, name), join(to, name)]);
  }
}
