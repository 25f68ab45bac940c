/**
 * `npm run release:dump`: writes a backup of a database with rows in every table to
 * tests/fixtures/releases/<version>.tar.gz. Run it once for each release, on its commit: from then on
 * tests/store/releases.test.ts upgrades that database. About 100 kB.
 */
import { chmod, copyFile, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts';
import { backup } from '../src/operations/backup/backup.ts';
import { readVersion } from '../src/runtime/version.ts';
import { migrate } from '../src/store/migrate.ts';
import { fillEveryTable } from '../tests/support/every-table.ts';

const program = await readVersion();
const releases = fileURLToPath(new URL('../tests/fixtures/releases/', import.meta.url));
const target = join(releases, `${program}.tar.gz`);
await mkdir(releases, { recursive: true });
const folder = await mkdtemp(join(tmpdir(), 'dabir-release-'));
// As root, PostgreSQL runs as another account, which has to get through.
await chmod(folder, 0o755);
const server = await startEmbeddedPostgres(folder);
try {
  await migrate(server.url);
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  // Ended also after an error, which the end of the server would cover with its own.
  try {
    await fillEveryTable(client, { files: 500, users: 53, days: 10 });
  } finally {
    await client.end();
  }
  const { file, rows } = await backup({
    ...{ databaseUrl: server.url, folder, keep: 1, program },
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  await copyFile(file, target);
  await chmod(target, 0o644);
  console.log(`${target}: ${rows} rows, ${Math.round((await stat(target)).size / 1000)} kB`);
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
