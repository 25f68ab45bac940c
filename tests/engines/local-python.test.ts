import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPython } from '../../src/engines/local/python.ts';

const never = new AbortController().signal;
const path = process.env['PATH'];
let folder = '';

/** A machine on which only the programs in this folder are installed. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dabir-python-'));
  process.env['PATH'] = folder;
});
afterEach(async () => {
  process.env['PATH'] = path;
  await rm(folder, { recursive: true, force: true });
});

async function install(name: string, script: string): Promise<string> {
  const program = join(folder, name);
  await writeFile(program, `#!/bin/sh\n${script}\n`);
  await chmod(program, 0o755);
  return program;
}

const explanation = (configured: string | null) =>
  findPython(configured, never).then(
    (python) => `found ${JSON.stringify(python)}`,
    (error: Error) => error.message,
  );

test('without any Python, the message says what is needed, where it was looked for, and what to install', async () => {
  const message = await explanation(null);
  expect(message).toContain('it needs Python 3.9 or newer with venv');
  expect(message).toContain('(python3: not found; python: not found; py -3: not found)');
  if (process.platform === 'linux') expect(message).toContain('apt install python3 python3-venv');
  expect(message).not.toContain('\n');
  await expect(findPython(null, never)).rejects.toMatchObject({ unavailableCause: 'python_missing' });
});

test('with a wrong LOCAL_PYTHON, the message names it, and nothing else is tried', async () => {
  const message = await explanation('no-such-python');
  expect(message).toContain('with venv, which LOCAL_PYTHON is not (no-such-python: not found).');
  expect(message).toContain('leave it empty');
});

test('a LOCAL_PYTHON that is another program is refused', async () => {
  expect(await explanation(process.execPath)).toMatch(/: (does not run|is not Python)\)/);
});

// The programs below are shell scripts.
const onPosix = test.skipIf(process.platform === 'win32');

onPosix('a Python that is too old is reported with its version', async () => {
  await install('python3', 'echo 3 8');
  expect(await explanation(null)).toContain('python3: is 3.8;');
});

onPosix('a Python without venv is reported with the package to install', async () => {
  await install('python3', `echo "ModuleNotFoundError: No module named 'ensurepip'" >&2; exit 1`);
  const message = await explanation(null);
  expect(message).toContain('python3: has no venv module');
  expect(message).toContain('apt install python3-venv');
  await expect(findPython(null, never)).rejects.toMatchObject({ unavailableCause: 'venv_missing' });
});

onPosix('further commands are tried, and uv where there is no Python', async () => {
  await install('uv', 'echo uv 0.9');
  await install('python3', 'echo 3 8');
  expect(await explanation(null)).toBe('found {"kind":"uv","command":"uv"}');
  await install('python', 'echo 3 13');
  expect(await explanation(null)).toBe('found {"kind":"python","command":"python","parameters":[]}');
});

onPosix('an abort ends a program that never answers', async () => {
  const abort = new AbortController();
  const program = await install('python3', `echo started > ${join(folder, 'started')}; exec /bin/sleep 600`);
  const reason = new Error('closing');
  const outcome = expect(findPython(program, abort.signal)).rejects.toBe(reason);
  setTimeout(() => abort.abort(reason), 100);
  await outcome;
});
