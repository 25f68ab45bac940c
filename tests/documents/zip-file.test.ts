import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { ZipFile } from '../../src/documents/zip-file.ts';

test('a ZIP gives back files of every name, size and kind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dabir-zip-'));
  const path = join(folder, 'archive.zip');
  const entries = fc.uniqueArray(
    fc.record({
      name: fc.stringMatching(/^[a-zA-Z۰-۹آ-ی ]{1,30}$/),
      // A slice has a quarter of a megabyte.
      bytes: fc.oneof(
        fc.uint8Array({ maxLength: 100 }),
        fc.constantFrom(0, 262_144, 700_000).map((n) => new Uint8Array(n).fill(7)),
      ),
      isPacked: fc.boolean(),
    }),
    { selector: ({ name }) => name, maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(entries, async (all) => {
      const archive = await ZipFile.create(path);
      for (const { name, bytes, isPacked } of all) await archive.add(name, bytes, isPacked);
      const before = archive.size;
      await archive.close();
      const file = await readFile(path);
      expect(archive.size).toBe(file.length);
      expect(before).toBeLessThan(archive.size);
      const read = unzipSync(new Uint8Array(file));
      expect(Object.keys(read)).toEqual(all.map(({ name }) => name));
      for (const { name, bytes } of all) expect(Buffer.compare(read[name] ?? Buffer.alloc(0), bytes)).toBe(0);
    }),
    { numRuns: 50 },
  );
  await rm(folder, { recursive: true });
});
