/**
 * Generates the Prisma client, with which tests set up rows and read them, after an install for development. The
 * product itself has its statements in src/store; without development dependencies there is nothing to generate. The
 * generator is WebAssembly, but the `prisma` command
 * first downloads a schema-engine program that it does not need here, from a host that closed networks do not
 * reach; naming any existing program prevents that.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const prismaCommand = resolveIfInstalled('prisma/build/index.js');
if (prismaCommand === null) process.exit(0);
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

function resolveIfInstalled(file: string): string | null {
  try {
    return createRequire(import.meta.url).resolve(file);
  } catch {
    return null;
  }
}
