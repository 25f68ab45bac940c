/**
 * `npm run migration:new -- NAME`: writes a new migration with what changed in prisma/schema.prisma since the last
 * commit, and the routines whose files in prisma/routines differ from what the migrations make. It needs no
 * `prisma migrate` program, but a database: the embedded one, in .data/migration. Review the SQL before you commit it;
 * a migration that was applied anywhere is never edited.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts';
import { migrate } from '../src/store/migrate.ts';
import { everything, loadSchemaEngine } from '../src/store/schema-engine.ts';
import { compareRoutines, routineMigration } from './routines.ts';

const name = process.argv[2];
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  console.error(
    'Give the migration a name of small letters, digits and _: npm run migration:new -- add_glossary',
  );
  process.exit(1);
}
const dataDir = fileURLToPath(new URL('../.data/migration', import.meta.url));
await mkdir(dataDir, { recursive: true });
const server = await startEmbeddedPostgres(dataDir);
try {
  const sql = await write(server.url);
  if (sql === '') {
    console.log('Nothing has changed: prisma/schema.prisma since the last commit, and prisma/routines.');
  } else {
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const folder = new URL(`../prisma/migrations/${stamp}_${name}/`, import.meta.url);
    await mkdir(folder, { recursive: true });
    await writeFile(new URL('migration.sql', folder), sql);
    console.log(`Wrote prisma/migrations/${stamp}_${name}/migration.sql`);
  }
} finally {
  await server.stop();
}

/** Makes a database of all migrations, and writes what brings it to the files. @returns SQL; empty without changes */
async function write(serverUrl: string): Promise<string> {
  const root = new pg.Client({ connectionString: serverUrl });
  await root.connect();
  await root.query('DROP DATABASE IF EXISTS draft');
  await root.query('CREATE DATABASE draft');
  await root.end();
  const url = new URL(serverUrl);
  url.pathname = '/draft';
  await migrate(url.href);
  const tables = await diffOfSchema(url.href);
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    // Routines may use new columns and types.
    await client.query(tables);
    const differences = await compareRoutines(client);
    for (const { signature, what } of differences) console.log(`${signature}: ${what}`);
    if (differences.some(({ needsDrop }) => needsDrop))
      console.log(
        'It drops routines: the release before must no longer call them (docs/operations/upgrade.md).',
      );
    return [tables, routineMigration(differences)].filter((part) => part !== '').join('\n');
  } finally {
    await client.end();
  }
}

/** Compares prisma/schema.prisma with the one of the last commit. @returns SQL; empty when they are alike */
async function diffOfSchema(databaseUrl: string): Promise<string> {
  const now = await readFile(new URL('../prisma/schema.prisma', import.meta.url), 'utf8');
  const { status, stdout: before } = spawnSync('git', ['show', 'HEAD:prisma/schema.prisma'], {
    encoding: 'utf8',
  });
  const datamodel = (content: string) => ({
    tag: 'schemaDatamodel' as const,
    files: [{ path: 'schema.prisma', content }],
  });
  const { engine, close } = await loadSchemaEngine(databaseUrl, now);
  try {
    const { stdout: sql } = await engine.diff({
      from: status === 0 ? datamodel(before) : { tag: 'empty' },
      to: datamodel(now),
      script: true,
      exitCode: null,
      filters: everything,
    });
    return !sql || sql.startsWith('-- This is an empty migration') ? '' : sql;
  } finally {
    await close();
  }
}
