import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFolder } from '../../src/embedded/create-folder.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'dabir-folder-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

test('a folder and its missing parents are created, and an existing one is left alone', async () => {
  const path = join(root, 'a', 'b', 'c');
  await createFolder(path, 0o700);
  await createFolder(path, 0o755);
  const { mode } = await stat(path);
  if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o700);
});

test('a file in the way is reported', async () => {
  const file = join(root, 'file');
  await writeFile(file, '');
  await expect(createFolder(file, 0o700)).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(createFolder(join(file, 'e'), 0o700)).rejects.toThrow(/ENOTDIR|ENOENT/);
});

// Node's recursive mkdir never ends here.
test.runIf(process.platform === 'linux')('a folder that the system refuses is reported at once', async () => {
  await expect(createFolder('/proc/dabir', 0o700)).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(createFolder('/proc/dabir/data', 0o700)).rejects.toMatchObject({ code: 'ENOENT' });
});
