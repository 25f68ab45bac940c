import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { DabirError } from '../domain/errors.ts';
import { tooLarge } from './failures.ts';

/** Nothing said for so long: it hangs, in milliseconds. */
const silenceMs = 120_000;
/** Between two looks at how much is on the disk, in milliseconds. */
const lookMs = 500;
/** Lines that are kept of what it says, its progress aside. */
const keptLines = 200;

export type Cage = {
  readonly program: string;
  readonly parameters: readonly string[];
  /** Where it runs, and all that it may fill. */
  readonly folder: string;
  /** Of all that lies in the folder. */
  readonly limitBytes: number;
  readonly signal: AbortSignal;
};

/** How a program ended, and what it said; its complaints are not kept, since they may name addresses. */
export type Ended = { readonly exitCode: number | null; readonly said: readonly string[] };

/**
 * Runs a program in a folder, without a shell and without anything of our environment, and watches it: one that is
 * silent or fills the disk is killed with everything that it has started, as when the signal aborts.
 * Rejects with a DabirError or the signal's reason; then it runs no more.
 */
export async function runCaged({ program, parameters, folder, limitBytes, signal }: Cage): Promise<Ended> {
  signal.throwIfAborted();
  const child = spawn(program, parameters, {
    cwd: folder,
    env: { ...searchPath(program), HOME: folder, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'ignore'],
    // A group of its own, so that what it starts ends with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  let broken: DabirError | undefined;
  const stop = (reason?: DabirError) => {
    broken ??= reason;
    killTree(child);
  };
  const onAbort = () => stop();
  const hangs = () => stop(new DabirError('link_unreachable', 'the program for pages is silent'));
  const silence = setTimeout(hangs, silenceMs);
  const look = setInterval(() => {
    void bytesIn(folder).then((bytes) => (bytes > limitBytes ? stop(tooLarge(limitBytes)) : undefined));
  }, lookMs);
  signal.addEventListener('abort', onAbort);
  const said: string[] = [];
  createInterface(child.stdout).on('line', (line) => {
    silence.refresh();
    if (!/^\[download\]\s+[\d.]+%/.test(line) && said.length < keptLines) said.push(line);
  });
  try {
    const [exitCode] = (await once(child, 'close')) as [number | null];
    signal.throwIfAborted();
    if (broken !== undefined) throw broken;
    return { exitCode, said };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DabirError) throw error;
    throw new DabirError('link_page_failed', 'the program for pages could not be started', { cause: error });
  } finally {
    clearTimeout(silence);
    clearInterval(look);
    signal.removeEventListener('abort', onAbort);
  }
}

/** Where it finds Python and the like; Windows brings its own. */
function searchPath(program: string): { PATH?: string } {
  if (process.platform === 'win32') return {};
  return { PATH: [dirname(program), '/usr/local/bin', '/opt/homebrew/bin', '/usr/bin', '/bin'].join(':') };
}

/** It, and what it has started. */
function killTree({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' }).on('error', () => undefined);
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
