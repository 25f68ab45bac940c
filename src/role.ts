import type { Logger } from 'pino';
import { ConfigError } from './config.ts';

/** A running role: ends in order when asked. */
export type Role = {
  stop(): Promise<void>;
  /** What is under way may take so long to end, in milliseconds. */
  readonly graceMs?: number;
  /** Resolves with a sentence when it cannot do its work any more: it is stopped in order then, with exit code 1. */
  readonly broken?: Promise<string>;
};

/**
 * Runs a role as a process: starts it, ends it once on Ctrl+C, SIGTERM, a closed terminal, or when the process that
 * started it is gone; a failure at start is one sentence and exit code 1, and so is the end of a role that finds itself
 * broken: whoever supervises the process starts it again. Under `npm start` the terminal's signals
 * are for the parent alone, which then asks its children in order.
 */
export async function runRole(start: () => Promise<{ role: Role; log: Logger }>): Promise<void> {
  const managed = process.send !== undefined;
  let running: { role: Role; log: Logger } | undefined;
  let stopping = false;
  const stop = async (why: string, exitCode = 0) => {
    if (stopping) return;
    stopping = true;
    running?.log.info({ why }, 'stopping');
    // Whatever hangs must not keep a deploy waiting; what is unfinished is taken up by others.
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
  process.on('disconnect', () => void stop('its parent is gone'));
  process.on('message', (message) => {
    if (message === 'stop') void stop('asked by its parent');
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
    // Lets the message leave before the process does.
    setTimeout(() => process.exit(1), 50);
  }
}

/** Ending takes no longer than this, grace aside, in milliseconds. */
const hardStopMs = 8_000;
