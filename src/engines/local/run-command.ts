import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { forEachLine } from './lines.ts';

export type CommandHooks = {
  readonly signal: AbortSignal;
  /** Called with each line of standard output. */
  readonly onLine?: (line: string) => void;
};

/** Maximum characters of a command's error output that are kept for the log. */
const keptWords = 2_000;
/** Time that a program gets to end by itself, in ms. */
const endGraceMs = 2_000;
const maxLineLength = 10_000;

const endsWithParent = fileURLToPath(new URL('ends_with_parent.py', import.meta.url));

/**
 * Runs a short program and returns its standard output (the last 100,000 characters).
 * @throws Error with the end of the program's error output if it does not start or fails; the signal's reason on
 * abort, after the program and all its children have ended
 */
export function runCommand(
  command: string,
  parameters: readonly string[],
  hooks: CommandHooks,
): Promise<string> {
  return run(command, parameters, 'ignore', hooks);
}

/**
 * Runs a Python module (`python -m`), however long it takes. It also ends if this process dies, unlike a program
 * that is started with `runCommand`.
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

/**
 * Runs a program, however long it takes, that ends by itself when its standard input closes; so it also ends if this
 * process dies.
 * @throws as `runCommand`
 */
export function runWithParent(
  command: string,
  parameters: readonly string[],
  hooks: CommandHooks,
): Promise<string> {
  return run(command, parameters, 'pipe', hooks);
}

/** Starts Python without PYTHONPATH and similar variables of the environment, and with UTF-8 throughout. */
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
    // A process group of its own, so that it can be ended as a whole.
    detached: process.platform !== 'win32',
  });
  let output = '';
  let words = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output = (output + chunk).slice(-100_000);
  });
  if (child.stdout && onLine) forEachLine(child.stdout, maxLineLength, onLine);
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
  // On Windows ends_with_parent.py ends the programs that it started, and needs time for that.
  child.stdin?.destroy();
  if (process.platform === 'win32') {
    if (child.stdin === null) child.kill();
    else setTimeout(() => child.kill(), endGraceMs).unref();
  } else if (child.pid !== undefined) {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The process has already ended.
    }
  }
}
