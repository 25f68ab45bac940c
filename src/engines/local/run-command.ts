import { spawn } from 'node:child_process';

export type CommandHooks = {
  readonly signal: AbortSignal;
  /** Called with each line of standard output. */
  readonly onLine?: (line: string) => void;
};

/** So much of a command's last words is kept for the log, in characters. */
const keptWords = 2_000;

/**
 * Runs a program to its end and returns its standard output (its last 100,000 characters). It ends with this process:
 * its input is closed from the start, and an abort kills it.
 * @throws Error with the program's last words when it cannot be started or fails; the signal's reason on abort
 */
export async function runCommand(
  command: string,
  parameters: readonly string[],
  { signal, onLine }: CommandHooks,
): Promise<string> {
  signal.throwIfAborted();
  const child = spawn(command, parameters, {
    signal,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let output = '';
  let words = '';
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output = (output + chunk).slice(-100_000);
    const lines = (rest + chunk).split(/\r?\n/);
    rest = (lines.pop() ?? '').slice(-keptWords);
    for (const line of lines) onLine?.(line);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    words = (words + chunk).slice(-keptWords);
  });
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(signal.aborted ? signal.reason : error));
    child.once('close', (code, ended) => {
      if (code === 0) resolve(output);
      else
        reject(
          new Error(
            `${command} ended with ${ended ?? `exit code ${code}`}: ${words.trim() || output.slice(-keptWords)}`,
          ),
        );
    });
  });
}
