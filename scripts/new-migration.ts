/**
 * `npm run migration:new -- NAME` writes the changes of prisma/schema.prisma since the last commit as a new
 * migration. It compares two schema texts and needs no `prisma migrate` program (but the engine needs a
 * database connection: the embedded one). Review the SQL before committing it; once applied anywhere, a
 * migration is never edited again.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts';
import { everything, loadSchemaEngine } from '../src/store/schema-engine.ts';

const name = process.argv[2];
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  console.error(
    'Give the migration a name of small letters, digits and _: npm run migration:new -- add_glossary',
  );
  process.exit(1);
}
const schemaFile = new URL('../prisma/schema.prisma', import.meta.url);
const now = await readFile(schemaFile, 'utf8');
const { status, stdout: before } = spawnSync('git', ['show', 'HEAD:prisma/schema.prisma'], {
  encoding: 'utf8',
});
const datamodel = (content: string) => ({
  tag: 'schemaDatamodel' as const,
  files: [{ path: 'schema.prisma', content }],
});
const dataDir = fileURLToPath(new URL('../.data/migration', import.meta.url));
await mkdir(dataDir, { recursive: true });
const database = await startEmbeddedPostgres(dataDir);
const { engine, close } = await loadSchemaEngine(database.url, now);
const { stdout: sql } = await engine.diff({
  from: status === 0 ? datamodel(before) : { tag: 'empty' },
  to: datamodel(now),
  script: true,
  exitCode: null,
  filters: everything,
});
await close();
await database.stop();
if (!sql || sql.startsWith('-- This is an empty migration')) {
  console.log('prisma/schema.prisma has not changed since the last commit.');
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = new URL(`../prisma/migrations/${stamp}_${name}/`, import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL('migration.sql', folder), sql);
  console.log(`Wrote prisma/migrations/${stamp}_${name}/migration.sql`);
}
