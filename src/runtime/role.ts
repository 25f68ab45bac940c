import type { Logger } from 'pino';
import { logError } from '../app/log-error.ts';
import { ConfigError } from './config-error.ts';

/**
 * Argument of a role that loads its modules and then waits for the message `{ begin }` of its parent, with the
 * variables that its environment lacks.
 */
export const waitsForBegin = '--wait-for-begin';

/** A running role that can be stopped in order. */
export type RunningRole = {
  stop(): Promise<void>;
  /** Time that running work may take to end, in ms. */
  readonly graceMs?: number;
  /** Resolves with a sentence when the role can no longer work. It is then stopped in order, with exit code 1. */
  readonly broken?: Promise<string>;
};

/**
 * Runs a role as a process. Starts it, and stops it once on Ctrl+C, SIGTERM, a closed terminal, or the end of its
 * parent process. A failure at start is reported in one sentence with exit code 1. A role that finds itself broken also
 * ends with exit code 1, so that a supervisor starts it again. Under `npm start` the role begins when its parent says
 * so, and only the parent reacts to the terminal's signals, and then stops its children in order.
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
      .catch((error) => running && logError(running.log, 'error', {}, error, 'stopping'));
    process.exit(exitCode);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!managed || signal === 'SIGTERM') void stop(signal);
    });
  }
  // Nothing awaits what failed, so its parts are in an unknown state; a supervisor starts the role again.
  process.on('uncaughtException', (error) => {
    if (running) logError(running.log, 'error', {}, error, 'unexpected error; the process ends');
    else reportStart(error);
    setTimeout(() => process.exit(1), messageMs);
  });
  process.on('disconnect', () => void stop('the parent process has ended'));
  process.on('message', (message) => {
    if (message === 'stop') void stop('the parent process asked for it');
  });
  try {
    if (process.argv.includes(waitsForBegin)) Object.assign(process.env, await variablesToBegin());
    running = await start();
    process.send?.('ready');
    void running.role.broken?.then((why) => stop(why, 1));
    if (stopping) await running.role.stop();
  } catch (error) {
    reportStart(error as Error);
    setTimeout(() => process.exit(1), messageMs);
  }
}

/** Resolves to the variables of the message with which the parent process lets this role begin. */
async function variablesToBegin(): Promise<Readonly<Record<string, string>>> {
  return new Promise((resolve) => {
    process.on('message', (message) => {
      if (typeof message === 'object' && message !== null && 'begin' in message)
        resolve(message.begin as Readonly<Record<string, string>>);
    });
  });
}

/** Time for the last message to leave before the process ends, in ms. */
const messageMs = 50;

/** Maximum time to stop, in ms, in addition to the grace time. */
const hardStopMs = 8_000;

/** Reports a failed start in one sentence, to the parent process of `npm start` or on standard error. */
function reportStart(error: Error): void {
  if (process.send !== undefined) process.send({ failed: error.message });
  else
    process.stderr.write(
      `${error instanceof ConfigError ? '' : 'Dabir could not start: '}${error.message}\n`,
    );
}
