import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { eachLine } from './lines.ts';

export type CommandHooks = {
  readonly signal: AbortSignal;
  /** Called with each line of standard output. */
  readonly onLine?: (line: string) => void;
};

/** So much of a command's last words is kept for the log, in characters. */
const keptWords = 2_000;
/** A program that was told to end has so long for it, in milliseconds. */
const endGraceMs = 2_000;
const longestLine = 10_000;

const endsWithParent = fileURLToPath(new URL('ends_with_parent.py', import.meta.url));

/**
 * Runs a short program to its end and returns its standard output (its last 100,000 characters).
 * @throws Error with the program's last words when it cannot be started or fails; the signal's reason on abort, when
 * the program and all that it started have ended
 */
export function runCommand(
  command: string,
  parameters: readonly string[],
  hooks: CommandHooks,
): Promise<string> {
  return run(command, parameters, 'ignore', hooks);
}

/**
 * Runs a module of Python (`python -m`) to its end, however long it takes; unlike a program's, its end is also that of
 * this process, whatever ends it.
 * @param python a command and its first parameters
 * @param temporary an existing folder for its temporary files, which an abort leaves behind
 * @throws as `runCommand`
 */
export function runPythonModule(
  [command = '', ...first]: readonly string[],
  [module, ...parameters]: readonly [string, ...string[]],
  temporary: string,
  hooks: CommandHooks,
): Promise<string> {
  const all = [...first, ...isolated, endsWithParent, temporary, module, ...parameters];
  return run(command, all, 'pipe', hooks);
}

/** Python as it was installed, whatever PYTHONPATH and the like say in this machine's environment; UTF-8 throughout. */
export const isolated = ['-I', '-X', 'utf8'] as const;

async function run(
  command: string,
  parameters: readonly string[],
  input: 'ignore' | 'pipe',
  { signal, onLine }: CommandHooks,
): Promise<string> {
  signal.throwIfAborted();
  const child = spawn(command, parameters, {
    stdio: [input, 'pipe', 'pipe'],
    windowsHide: true,
    // A group of its own, which can be ended as a whole.
    detached: process.platform !== 'win32',
  });
  let output = '';
  let words = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output = (output + chunk).slice(-100_000);
  });
  if (child.stdout && onLine) eachLine(child.stdout, longestLine, onLine);
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    words = (words + chunk).slice(-keptWords);
  });
  const onAbort = () => end(child);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const [code, ended] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (...how) => resolve(how));
    });
    signal.throwIfAborted();
    if (code === 0) return output;
    const lastWords = words.trim() || output.trim().slice(-keptWords);
    throw new Error(`${command} ended with ${ended ?? `exit code ${code}`}: ${lastWords}`);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function end(child: ChildProcess): void {
  // On Windows ends_with_parent.py ends what it has started, and is given the time for it.
  child.stdin?.destroy();
  if (process.platform === 'win32') {
    if (child.stdin === null) child.kill();
    else setTimeout(() => child.kill(), endGraceMs).unref();
  } else if (child.pid !== undefined) {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has just ended by itself.
    }
  }
}
