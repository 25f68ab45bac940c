import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { DabirError } from '../../../domain/errors.ts';
import { watchProgram } from '../watchdog-thread.ts';

/** Signals of a crashed program. */
const crashSignals: readonly string[] = ['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGABRT'];

/** File descriptor of the input in the program. */
const inputFd = 4;

/** A message of FFmpeg, such as `[opus @ 0x5555] [error] Error parsing packet header.` */
export type Message = { readonly level: string; readonly text: string };

/** A running ffmpeg or ffprobe. */
export type Program = {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** File descriptor 3, a second output. */
  readonly second: Readable;
  /** Resolves to the exit code; rejects with `media_damaged` after a crash, with `internal` if it was killed. */
  readonly ended: Promise<number>;
  /** Kills the program. */
  kill(): void;
};

/**
 * Starts ffmpeg or ffprobe with an empty environment.
 * @param inputPath a file that the program reads under the name that `inputName` returns
 * @param onMessage called with each message on standard error
 */
export function startProgram(
  path: string,
  parameters: readonly string[],
  inputPath: string | null,
  onMessage: (message: Message) => void,
): Program {
  const file = inputPath === null || process.platform === 'win32' ? null : openSync(inputPath, 'r');
  let child: ChildProcess;
  try {
    child = spawn(path, parameters, {
      env: {},
      stdio: ['pipe', 'pipe', 'pipe', 'pipe', file ?? 'ignore'],
      windowsHide: true,
    });
  } finally {
    if (file !== null) closeSync(file);
  }
  watchProgram(child.pid ?? null);
  const [stdin, stdout, stderr, second] = child.stdio as unknown as [Writable, Readable, Readable, Readable];
  // The program may end before it has read everything; `ended` reports that.
  stdin.on('error', () => {});
  createInterface({ input: stderr }).on('line', (line) => onMessage(parseMessage(line)));
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', (error) => reject(new DabirError('internal', `${path}: ${error.message}`)));
    // Not "exit": its last messages are read only at "close".
    child.once('close', (code, signal) => {
      watchProgram(null);
      if (signal === null) resolve(code ?? 0);
      else if (crashSignals.includes(signal)) reject(new DabirError('media_damaged', `${path}: ${signal}`));
      else reject(new DabirError('internal', `${path}: ${signal}`));
    });
  });
  // A caller may read the output first; the rejection must not count as unhandled until it awaits `ended`.
  ended.catch(() => {});
  return { stdin, stdout, second, ended, kill: () => child.kill('SIGKILL') };
}

/**
 * Returns the program's name for its input. On Linux and macOS this is an open file without a name, so that a
 * file name cannot influence FFmpeg.
 */
export function inputName(inputPath: string): string {
  return process.platform === 'win32' ? `file:${inputPath}` : `file:/dev/fd/${inputFd}`;
}

function parseMessage(line: string): Message {
  const [, level, text] = /^(?:\[[^\]]* @ [^\]]*\] )*\[(\w+)\] (.*)$/.exec(line) ?? [];
  return { level: level ?? 'info', text: text ?? line };
}
