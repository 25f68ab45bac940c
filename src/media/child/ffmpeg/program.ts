import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { DabirError } from '../../../domain/errors.ts';
import { watchProgram } from '../watchdog-thread.ts';

/** What operating systems say of a program that crashed. */
const crashSignals: readonly string[] = ['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGABRT'];

/** Which of the program's files we hold the other end of. */
const inputFd = 4;

/** A message that FFmpeg wrote, such as `[opus @ 0x5555] [error] Error parsing packet header.` */
export type Message = { readonly level: string; readonly text: string };

/** A running ffmpeg or ffprobe. */
export type Program = {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** File descriptor 3, for a second output. */
  readonly second: Readable;
  /** Resolves to the exit code; rejects with `media_damaged` when it crashed, `internal` when it was killed. */
  readonly ended: Promise<number>;
  /** Ends it at once. */
  kill(): void;
};

/**
 * Starts ffmpeg or ffprobe without any environment.
 * @param inputPath a file that it may read under the name `inputName` gives
 * @param onMessage gets every line of its standard error
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
  // The program may end before it has read everything; `ended` says so.
  stdin.on('error', () => {});
  createInterface({ input: stderr }).on('line', (line) => onMessage(parseMessage(line)));
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', (error) => reject(new DabirError('internal', `${path}: ${error.message}`)));
    // Not "exit": only now its last messages have been read.
    child.once('close', (code, signal) => {
      watchProgram(null);
      if (signal === null) resolve(code ?? 0);
      else if (crashSignals.includes(signal)) reject(new DabirError('media_damaged', `${path}: ${signal}`));
      else reject(new DabirError('internal', `${path}: ${signal}`));
    });
  });
  // Whoever waits for its output first must not miss that it failed.
  ended.catch(() => {});
  return { stdin, stdout, second, ended, kill: () => child.kill('SIGKILL') };
}

/**
 * Returns what the program calls its input. It is an open file without a name where the system has such (Linux, macOS),
 * so that FFmpeg cannot look at the name and nothing in a name can mislead it.
 */
export function inputName(inputPath: string): string {
  return process.platform === 'win32' ? `file:${inputPath}` : `file:/dev/fd/${inputFd}`;
}

function parseMessage(line: string): Message {
  const [, level, text] = /^(?:\[[^\]]* @ [^\]]*\] )*\[(\w+)\] (.*)$/.exec(line) ?? [];
  return { level: level ?? 'info', text: text ?? line };
}
