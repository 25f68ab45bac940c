import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { DabirError } from '../../../domain/errors.ts';
import { createTooLargeError } from './failures.ts';

/** Time without output after which a program counts as hanging, in ms. */
const silenceMs = 120_000;
/** Pause between two checks of the folder's size, in ms. */
const pollIntervalMs = 500;
/** Maximum number of output lines kept, progress lines aside. */
const keptLines = 200;

export type Sandbox = {
  readonly program: string;
  readonly parameters: readonly string[];
  /** The program's working directory, and the only folder that it may fill. */
  readonly folder: string;
  /** Maximum size of all files in the folder together, in bytes. */
  readonly limitBytes: number;
  readonly signal: AbortSignal;
};

/**
 * Exit code and output of a program. Its standard error is discarded, because it may contain
 * addresses.
 */
export type Ended = { readonly exitCode: number | null; readonly said: readonly string[] };

/**
 * Runs a program in a folder, without a shell and without our environment variables. Kills it, with
 * everything that it started, when it is silent for too long, fills the disk, or the signal aborts.
 * Rejects with a DabirError or the signal's reason; the program has ended by then.
 */
export async function runSandboxed({
  program,
  parameters,
  folder,
  limitBytes,
  signal,
}: Sandbox): Promise<Ended> {
  signal.throwIfAborted();
  const child = spawn(program, parameters, {
    cwd: folder,
    env: { ...searchPath(program), HOME: folder, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'ignore'],
    // A process group of its own, so that its child processes are killed with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  let broken: DabirError | undefined;
  const stop = (reason?: DabirError) => {
    broken ??= reason;
    killTree(child);
  };
  const onAbort = () => stop();
  const hangs = () => stop(new DabirError('link_unreachable', 'the download program is silent'));
  const silence = setTimeout(hangs, silenceMs);
  const look = setInterval(() => {
    void bytesIn(folder).then((bytes) =>
      bytes > limitBytes ? stop(createTooLargeError(limitBytes)) : undefined,
    );
  }, pollIntervalMs);
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
    throw new DabirError('link_page_failed', 'the download program could not be started', { cause: error });
  } finally {
    clearTimeout(silence);
    clearInterval(look);
    signal.removeEventListener('abort', onAbort);
  }
}

/** Returns the search path in which the program finds Python and the like. Windows needs none. */
function searchPath(program: string): { PATH?: string } {
  if (process.platform === 'win32') return {};
  return { PATH: [dirname(program), '/usr/local/bin', '/opt/homebrew/bin', '/usr/bin', '/bin'].join(':') };
}

/** Kills a program and everything that it started. */
function killTree({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' }).on('error', () => undefined);
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has already ended.
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
