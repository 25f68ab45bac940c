import { exitCodes, Failure, toFailure } from './failure.ts';

/** Tools for an operator's command. */
export type CommandTools = {
  /** Shows the current step in place; only on a terminal. */
  readonly onProgress: (words: string) => void;
  /** Aborted by Ctrl+C, SIGTERM and SIGHUP. */
  readonly signal: AbortSignal;
};

/** Exit codes for `--help`. */
export const exitCodeHelp = `Exit codes:
  0    done and checked
  1    something else went wrong
  2    the arguments or the configuration are wrong, or there is no such file
  3    the database does not answer, refuses the password, or was lost on the way
  4    refused: something would have been overwritten, or another backup is under way
  5    the archive is damaged, or is no backup of Dabir
  6    a file cannot be written: a full disk, or no right to
  130  interrupted`;

/**
 * Runs a command as a process. It prints one line: the summary on standard output, or the error on standard error
 * with its exit code.
 * @param work resolves to the summary
 */
export async function runBackupCommand(work: (tools: CommandTools) => Promise<string>): Promise<void> {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => interrupted.abort());
  const isTerminal = process.stderr.isTTY === true;
  const clear = () => isTerminal && process.stderr.write('\r\x1b[K');
  try {
    const summary = await work({
      onProgress: (words) => isTerminal && process.stderr.write(`\r\x1b[K  ${words}`),
      signal: interrupted.signal,
    });
    clear();
    process.stdout.write(`${summary}\n`);
  } catch (error) {
    clear();
    const { kind, message } = toFailure(error);
    process.stderr.write(`${message}\n`);
    process.exitCode = exitCodes[kind];
  }
}

/**
 * Parses arguments.
 * @throws Failure `usage` instead of the error of `parse`
 */
export function parseArguments<T>(parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new Failure('usage', `${(cause as Error).message.split('\n')[0]} See --help.`, { cause });
  }
}

/** Formats bytes for humans, such as `12.3 MB`. */
export function inMegabytes(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
