import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDataFolder } from '../../../src/embedded/data-folder.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { withDatabase } from '../../support/databases.ts';
import { runProgram } from '../../support/run-program.ts';
import { startUnsyncedPostgres } from '../../support/unsynced-postgres.ts';

/** Backups of the embedded database, with and without a Dabir that runs on it (as `npm start` opens it). */
let dataDir: string;
let stop: (() => Promise<void>) | undefined;
let url: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dabir-embedded-'));
  // As root, PostgreSQL runs as another account, which needs access to the folder.
  await chmod(dataDir, 0o755);
  await start();
  await migrate(url);
  await withDatabase(url, (client) =>
    client.query(`INSERT INTO "user" (id, "firstName") VALUES (7, 'سارا')`),
  );
});
afterAll(async () => {
  await stop?.();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

async function start(): Promise<void> {
  const folder = await openDataFolder(dataDir);
  const postgres = await startUnsyncedPostgres(dataDir);
  url = postgres.url;
  stop = async () => {
    stop = undefined;
    await postgres.stop();
    await folder.close();
  };
}

const run = (script: string, ...parameters: string[]) =>
  runProgram(script, parameters, { DATA_DIR: dataDir });
const archives = async () => (await readdir(join(dataDir, 'backups'))).toSorted();

test('an embedded database is saved while Dabir runs and while it does not, and restored only while it does not', async () => {
  const running = await run('src/backup.ts');
  expect([running.code, running.err]).toEqual([0, '']);
  const [first = ''] = await archives();
  const refused = await run('src/restore.ts', join(dataDir, 'backups', first), '--replace');
  expect([refused.code, refused.err]).toEqual([
    4,
    `Dabir runs on the embedded database in ${dataDir}. Stop it first.\n`,
  ]);
  await withDatabase(url, (client) => client.query(`INSERT INTO "user" (id, "firstName") VALUES (8, 'Bob')`));

  await stop?.();
  const stopped = await run('src/backup.ts');
  expect([stopped.code, stopped.err]).toEqual([0, '']);
  expect(await archives()).toHaveLength(2);
  const restored = await run('src/restore.ts', join(dataDir, 'backups', first), '--replace');
  expect([restored.code, restored.err]).toEqual([0, '']);
  // Both: the restored rows and the backup of what was there before.
  expect(await archives()).toHaveLength(3);

  await start();
  const users = await withDatabase(url, (client) => client.query<{ id: string }>('SELECT id FROM "user"'));
  expect(users.rows).toEqual([{ id: '7' }]);
});
