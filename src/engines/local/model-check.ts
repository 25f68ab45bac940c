import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { ModelManifest } from './model-manifest.ts';

/** Expected hash of each file by name: SHA-256, or that of a git blob if it has 40 digits. */
export type Hashes = Readonly<Record<string, string>>;

/** File beside the model's files with their hashes, and their sizes and times at the last check. */
const verifiedFile = 'verified.json';
const verifiedSchema = z.object({
  hashes: z.record(z.string(), z.string()),
  files: z.array(z.tuple([z.string(), z.number(), z.number()])),
});
type Verified = z.infer<typeof verifiedSchema>;

/**
 * Reads all files of a model and compares them with their hashes. Deletes a file with a wrong hash.
 * @param announced hashes of files that the manifest has no hash for
 * @returns the first mismatch in one line; null if all files are right
 */
export async function findModelFault(
  folder: string,
  manifest: Pick<ModelManifest, 'files'>,
  announced: Hashes,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<string | null> {
  const found = await findFirstFault(folder, manifest, announced, onProgress, signal);
  if (found?.path != null) await rm(found.path, { force: true });
  return found?.words ?? null;
}

/**
 * Does the same as `whatIsWrong` without changing anything.
 * @returns the first mismatch, and the path of the file if its hash differs; null if all files are right
 */
export async function findFirstFault(
  folder: string,
  manifest: Pick<ModelManifest, 'files'>,
  announced: Hashes,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<{ readonly words: string; readonly path: string | null } | null> {
  const total = manifest.files.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  let done = 0;
  for (const { name, bytes, sha256 } of manifest.files) {
    const path = join(folder, name);
    const expected = sha256 ?? announced[name];
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) return { words: `${name} is missing`, path: null };
    if (expected === undefined) return { words: `the hash of ${name} is not known`, path: null };
    if (
      (bytes !== null && found.size !== bytes) ||
      (await hashOf(path, expected.length, signal)) !== expected
    )
      return { words: `${name} does not have the hash it should have`, path };
    done += found.size;
    onProgress(total === 0 ? 1 : Math.min(1, done / total));
  }
  return null;
}

/**
 * Returns the SHA-256 of a file or, for 40 digits, its git blob hash (SHA-1 of a header and the content), as the
 * hub uses for small files.
 */
async function hashOf(path: string, digits: number, signal: AbortSignal): Promise<string> {
  const hash = createHash(digits === 40 ? 'sha1' : 'sha256');
  if (digits === 40) hash.update(`blob ${(await stat(path)).size}\0`);
  await pipeline(createReadStream(path), hash, { signal });
  return hash.digest('hex');
}

/** Records that all files were right just now. If the folder is read-only, every start checks them again. */
export async function rememberVerified(
  folder: string,
  manifest: Pick<ModelManifest, 'files'>,
  announced: Hashes,
): Promise<void> {
  const hashes = Object.fromEntries(
    manifest.files.map(({ name, sha256 }) => [name, sha256 ?? announced[name] ?? '']),
  );
  const verified: Verified = { hashes, files: await sizesAndTimes(folder) };
  await writeFile(join(folder, verifiedFile), JSON.stringify(verified)).catch(() => undefined);
}

/**
 * Reads the record of the last successful check.
 * @returns `isUnchanged`: the record matches this manifest, and all sizes and times are the same; `hashes` to
 * check against
 */
export async function recallVerified(
  folder: string,
  manifest: Pick<ModelManifest, 'files'>,
): Promise<{ isUnchanged: boolean; hashes: Hashes }> {
  try {
    const text = await readFile(join(folder, verifiedFile), 'utf8');
    const { hashes, files } = verifiedSchema.parse(JSON.parse(text));
    const isForThis = manifest.files.every(({ name, sha256 }) => hashes[name] === (sha256 ?? hashes[name]));
    const isSame = JSON.stringify(files) === JSON.stringify(await sizesAndTimes(folder));
    return { isUnchanged: isForThis && isSame, hashes };
  } catch {
    return { isUnchanged: false, hashes: {} };
  }
}

async function sizesAndTimes(folder: string): Promise<Verified['files']> {
  const names = (await readdir(folder)).filter((name) => name !== verifiedFile).sort();
  return Promise.all(
    names.map(async (name): Promise<Verified['files'][number]> => {
      const { size, mtimeMs } = await stat(join(folder, name));
      return [name, size, mtimeMs];
    }),
  );
}
