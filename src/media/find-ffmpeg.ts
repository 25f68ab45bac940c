import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Ffmpeg, FfmpegPrograms } from './protocol.ts';

/** The operator's choice; `auto` takes node-av if it is installed, else the programs. */
export type FfmpegChoice = 'auto' | 'node-av' | 'program';

/**
 * Finds the FFmpeg to use.
 * @param path the environment's PATH
 * @throws Error that says what to install if there is none
 */
export function findFfmpeg(choice: FfmpegChoice, path = process.env['PATH'] ?? ''): Ffmpeg {
  if (choice !== 'program' && (choice === 'node-av' || isNodeAvInstalled())) return { kind: 'node-av' };
  const programs = findPrograms(path);
  if (programs !== null) return programs;
  const also = choice === 'auto' ? ', and node_modules has no node-av for this system (npm ci)' : '';
  throw new Error(`no ffmpeg: the programs ffmpeg and ffprobe are not both on the PATH${also}`);
}

function findPrograms(path: string): FfmpegPrograms | null {
  const [ffmpeg, ffprobe] = [findProgram('ffmpeg', path), findProgram('ffprobe', path)];
  return ffmpeg === null || ffprobe === null ? null : { kind: 'programs', ffmpeg, ffprobe };
}

function findProgram(name: string, path: string): string | null {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const candidates = path
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, file));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Returns true if the package and its binary for this system exist. Does not load it, which would take 100 MB of
 * memory.
 */
function isNodeAvInstalled(): boolean {
  // The Linux binaries need glibc; npm also installs them on musl (Alpine), where they do not load.
  if (process.platform === 'linux' && !usesGlibc()) return false;
  const { resolve } = createRequire(import.meta.url);
  const suffix = process.platform === 'win32' ? '-msvc' : '';
  try {
    resolve('node-av/lib');
    resolve(`@seydx/node-av-${process.platform}-${process.arch}${suffix}/node-av.node`);
    return true;
  } catch {
    return false;
  }
}

function usesGlibc(): boolean {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime !== undefined;
}
