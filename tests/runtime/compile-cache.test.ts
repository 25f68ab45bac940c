import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const run = promisify(execFile);
const project = fileURLToPath(new URL('../../', import.meta.url));

test('a start keeps its compiled code in the data folder, for its own account only, and the next start reads it', async () => {
  const data = await mkdtemp(join(tmpdir(), 'dabir-compiled-'));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  const start = () =>
    run(
      process.execPath,
      [
        ...['--import', './src/runtime/compile-cache.ts', '--input-type=module', '--eval'],
        `import { getCompileCacheDir } from 'node:module';
         await import('./src/lib/wait-at-most.ts');
         console.log(getCompileCacheDir(), process.env.NODE_COMPILE_CACHE);`,
      ],
      { cwd: project, env: { ...env, DATA_DIR: data, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' } },
    );
  const first = await start();
  const [used, inherited] = first.stdout.trim().split(' ');
  expect(used).toContain(join(data, 'compiled'));
  expect(inherited).toBe(join(data, 'compiled'));
  if (process.platform !== 'win32')
    expect(((await stat(join(data, 'compiled'))).mode & 0o777).toString(8)).toBe('700');
  expect(await readdir(join(data, 'compiled'))).toHaveLength(1);
  const second = await start();
  expect(second.stderr).toMatch(/cache for .*wait-at-most\.ts.* was accepted/);
});

test('a data folder that cannot be written is no reason to fail before the start explains it', async () => {
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  const { stdout } = await run(
    process.execPath,
    ['--import', './src/runtime/compile-cache.ts', '--eval', 'console.log(process.env.NODE_COMPILE_CACHE)'],
    { cwd: project, env: { ...env, DATA_DIR: join(project, 'package.json', 'data') } },
  );
  expect(stdout.trim()).toBe('undefined');
});
