import { isolated, runCommand } from './run-command.ts';
import { SetUpError } from './set-up-error.ts';

/** A way to start Python 3.9 or newer, or uv, which can download one. */
export type Python =
  | { readonly kind: 'python'; readonly command: string; readonly parameters: readonly string[] }
  | { readonly kind: 'uv'; readonly command: string };

/** Minimum version for the engine's packages (requirements.txt). */
const oldest = [3, 9] as const;

/** Timeout in ms; a program that is not Python may wait for input. */
const responseTimeoutMs = 20_000;

const probe = 'import sys, venv, ensurepip; print(sys.version_info[0], sys.version_info[1])';

/**
 * Finds a Python that can make a virtual environment: the configured one, else `python3`, `python`, `py -3`, else
 * `uv`.
 * @param configured LOCAL_PYTHON, or null
 * @throws SetUpError with one line for operators: what to install
 */
export async function findPython(configured: string | null, signal: AbortSignal): Promise<Python> {
  const candidates = configured === null ? [['python3'], ['python'], ['py', '-3']] : [[configured]];
  const reasons: string[] = [];
  for (const [command = '', ...parameters] of candidates) {
    const reason = await whyUnusable(command, parameters, signal);
    if (reason === null) return { kind: 'python', command, parameters };
    reasons.push(`${[command, ...parameters].join(' ')}: ${reason}`);
  }
  if (configured === null && (await answers('uv', ['--version'], signal)))
    return { kind: 'uv', command: 'uv' };
  const found = `${configured === null ? '' : ', which LOCAL_PYTHON is not'} (${reasons.join('; ')})`;
  throw new SetUpError(
    lacksVenv(reasons) ? 'venv_missing' : 'python_missing',
    `it needs Python 3.9 or newer with venv${found}. ${whatToDo(configured, reasons)}`,
  );
}

async function whyUnusable(
  command: string,
  parameters: readonly string[],
  signal: AbortSignal,
): Promise<string | null> {
  const patience = AbortSignal.timeout(responseTimeoutMs);
  try {
    const output = await runCommand(command, [...parameters, ...isolated, '-c', probe], {
      signal: AbortSignal.any([signal, patience]),
    });
    const [, major, minor] = /^(\d+) (\d+)\s*$/.exec(output)?.map(Number) ?? [];
    if (major === undefined || minor === undefined) return 'is not Python';
    if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return null;
    return `is ${major}.${minor}`;
  } catch (error) {
    signal.throwIfAborted();
    if (patience.aborted) return 'does not answer';
    const { message } = error as Error;
    if (/No module named '?(venv|ensurepip)/.test(message)) return 'has no venv module';
    if (/ENOENT/.test(message)) return 'not found';
    return 'does not run';
  }
}

async function answers(command: string, parameters: string[], signal: AbortSignal): Promise<boolean> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(responseTimeoutMs)]);
  return runCommand(command, parameters, { signal: patience }).then(
    () => true,
    () => false,
  );
}

function lacksVenv(reasons: readonly string[]): boolean {
  return reasons.some((reason) => reason.includes('no venv'));
}

function whatToDo(configured: string | null, reasons: readonly string[]): string {
  if (lacksVenv(reasons)) return 'On Debian and Ubuntu: apt install python3-venv; then start again.';
  if (configured !== null)
    return 'Set LOCAL_PYTHON to the command of such a Python, or leave it empty to have one looked for.';
  if (process.platform === 'win32') return 'Get it from python.org or the Microsoft Store, then start again.';
  if (process.platform === 'darwin') return 'Install it with brew install python, then start again.';
  return 'On Debian and Ubuntu: apt install python3 python3-venv; then start again.';
}
