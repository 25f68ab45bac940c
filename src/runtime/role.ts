import type { Logger } from 'pino';
import { ConfigError } from './config-error.ts';

/** A running role that can be stopped in order. */
export type RunningRole = {
  stop(): Promise<void>;
  /** Time that running work may take to end, in ms. */
  readonly graceMs?: number;
  /**
   * Resolves with a sentence when the role cannot work any more. It is then stopped in order, with
   * exit code 1.
   */
  readonly broken?: Promise<string>;
};

/**
 * Runs a role as a process. Starts it, and stops it once on Ctrl+C, SIGTERM, a closed terminal, or
 * the end of its parent process. A failure at start is reported in one sentence with exit code 1. A
 * role that finds itself broken also ends with exit code 1, so that a supervisor starts it again.
 * Under `npm start` only the parent reacts to the terminal's signals, and then stops its children
 * in order.
 */
export async function runRole(start: () => Promise<{ role: RunningRole; log: Logger }>): Promise<void> {
  const managed = process.send !== undefined;
  let running: { role: RunningRole; log: Logger } | undefined;
  let stopping = false;
  const stop = async (why: string, exitCode = 0) => {
    if (stopping) return;
    stopping = true;
    running?.log.info({ why }, 'stopping');
    // A hanging part must not delay a deployment; other processes continue the unfinished work.
    setTimeout(() => process.exit(1), hardStopMs + (running?.role.graceMs ?? 0)).unref();
    await running?.role
      .stop()
      .catch((error: Error) => running?.log.error({ cause: error.message }, 'stopping'));
    process.exit(exitCode);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!managed || signal === 'SIGTERM') void stop(signal);
    });
  }
  process.on('disconnect', () => void stop('the parent process has ended'));
  process.on('message', (message) => {
    if (message === 'stop') void stop('the parent process asked for it');
  });
  try {
    running = await start();
    process.send?.('ready');
    void running.role.broken?.then((why) => stop(why, 1));
    if (stopping) await running.role.stop();
  } catch (error) {
    const { message } = error as Error;
    if (managed) process.send?.({ failed: message });
    else process.stderr.write(`${error instanceof ConfigError ? '' : 'Dabir could not start: '}${message}\n`);
    // Gives the message time to leave before the process ends.
    setTimeout(() => process.exit(1), 50);
  }
}

/** Maximum time to stop, in ms, in addition to the grace time. */
const hardStopMs = 8_000;
