import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/store/migrate.ts';
import { templateName, withDatabase } from './databases.ts';
import { copyPostgres, originalVariable } from './migrated-postgres.ts';
import { runProgram } from './run-program.ts';
import { startUnsyncedPostgres } from './unsynced-postgres.ts';

/**
 * Starts one real PostgreSQL for the whole run, with a migrated database of which each test file gets a copy. Servers
 * of a test's own start as copies of its files.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dabir-tests-'));
  // As root, PostgreSQL runs as another account, which needs access to the folder.
  await chmod(dataDir, 0o755);
  let postgres = await startUnsyncedPostgres(dataDir);
  process.env['NODE_COMPILE_CACHE'] = join(dataDir, 'compiled');
  const compiled = compileSources();
  // Its failure is handled below; until then it must not end this process, which would leave the server running.
  compiled.catch(() => undefined);
  const teardown = async () => {
    await postgres.stop();
    // A process that ends may still write what it has compiled.
    await rm(dataDir, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    await migrate(postgres.url);
    await postgres.stop();
    const original = join(dataDir, 'original');
    await copyPostgres(dataDir, original);
    process.env[originalVariable] = original;
    postgres = await startUnsyncedPostgres(dataDir);
    await withDatabase(postgres.url, (client) =>
      client.query(`CREATE DATABASE ${templateName} TEMPLATE postgres`),
    );
    await compiled;
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('postgresUrl', postgres.url);
  return teardown;
}

/** Compiles the sources of the processes that tests start, hundreds of times; this is half of a start. */
async function compileSources(): Promise<void> {
  const { code, err } = await runProgram('tests/support/compiled-sources.ts', [], {});
  if (code !== 0) throw new Error(`the sources could not be compiled: ${err}`);
}

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}
