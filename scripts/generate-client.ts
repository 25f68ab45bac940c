/**
 * Generates the Prisma client after every install. The generator is WebAssembly, but the `prisma` command
 * first downloads a schema-engine program that it does not need here, from a host that closed networks do not
 * reach; naming any existing program prevents that.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const prismaCommand = createRequire(import.meta.url).resolve('prisma/build/index.js');
const { status, stderr, error } = spawnSync(process.execPath, [prismaCommand, 'generate', '--no-hints'], {
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  },
  encoding: 'utf8',
});
if (status !== 0) {
  console.error(`The database client could not be generated.\n${stderr ?? ''}${error?.message ?? ''}`);
  process.exit(1);
}
