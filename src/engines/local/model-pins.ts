import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Hashes } from './model-check.ts';
import type { ModelManifest } from './model-manifest.ts';

const pinsSchema = z.object({ revision: z.string(), hashes: z.record(z.string(), z.string()) });

/**
 * Returns the manifest with the hashes of the first download, where it has none of its own: a file that the hub changes
 * later is refused.
 * @param target folder of the model; the pins are beside it and outlive it
 */
export async function withPins(target: string, manifest: ModelManifest): Promise<ModelManifest> {
  if (manifest.files.every(({ sha256 }) => sha256 !== null)) return manifest;
  const pins = await readPins(target);
  if (pins === null || pins.revision !== manifest.revision) return manifest;
  const files = manifest.files.map((file) => ({
    ...file,
    sha256: file.sha256 ?? pins.hashes[file.name] ?? null,
  }));
  return { ...manifest, files };
}

/** Records the hashes of a complete download for the files that have none in the manifest. */
export async function recordPins(target: string, manifest: ModelManifest, announced: Hashes): Promise<void> {
  const unpinned = manifest.files.filter(({ sha256 }) => sha256 === null);
  if (unpinned.length === 0) return;
  const before = await readPins(target);
  const hashes = Object.fromEntries(
    unpinned.flatMap(({ name }) => (announced[name] ? [[name, announced[name]]] : [])),
  );
  const kept = before?.revision === manifest.revision ? before.hashes : {};
  const pins = { revision: manifest.revision, hashes: { ...kept, ...hashes } };
  await writeFile(pinsFile(target), `${JSON.stringify(pins)}\n`);
}

async function readPins(target: string) {
  try {
    return pinsSchema.parse(JSON.parse(await readFile(pinsFile(target), 'utf8')));
  } catch {
    return null;
  }
}

function pinsFile(target: string): string {
  return `${target}.pins.json`;
}
