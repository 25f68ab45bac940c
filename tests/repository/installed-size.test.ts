import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const installed = fileURLToPath(new URL('../../node_modules', import.meta.url));

/**
 * Maximum size of node_modules in MiB, with development tools. 698 was measured on Linux x64 (docs/decisions/0026);
 * binaries of other platforms differ by some tens.
 */
const maxSize = 740;

test('the installed packages fit on a small disk', async () => {
  const inodes = new Map<number, number>();
  for (const entry of await readdir(installed, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const { ino, blocks, size } = await stat(join(entry.parentPath, entry.name));
    // Windows reports no blocks. A file with two names counts once.
    inodes.set(ino, blocks > 0 ? blocks * 512 : size);
  }
  const bytes = [...inodes.values()].reduce((sum, size) => sum + size, 0);
  expect(Math.round(bytes / 2 ** 20)).toBeLessThan(maxSize);
});
