import { type ChildProcess, fork } from 'node:child_process';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { waitAtMost } from '../lib/wait-at-most.ts';
import { waitsForBegin } from '../runtime/role.ts';

/** A role that runs as a child process and is restarted when it dies. */
export type Child = {
  /**
   * Lets it begin, with these variables on top of its environment. Resolves when it is ready; rejects with the role's
   * own message if it cannot start.
   */
  begin(variables: Readonly<Record<string, string>>): Promise<void>;
  /** Asks it to end in order; kills it after `graceMs`, or at once if it has not begun. */
  stop(graceMs: number): Promise<void>;
};

/** Events of a child; `restartMs` is the delay before its restart, in ms. */
export type ChildEvents = { onDeath(name: string, restartMs: number): void };

const firstRestartMs = 500;
const maxRestartMs = 30_000;
/**
 * A child that lived for this time, in ms, counts as healthy, so the restart delay begins at its minimum again.
 */
const healthyMs = 60_000;

/** A role that runs as a process of its own. */
type Role = {
  readonly name: string;
  /** Path of its entry point, relative to this file. */
  readonly script: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Options for Node, such as memory limits. */
  readonly nodeOptions?: readonly string[];
};

/**
 * Starts the process of a role. It loads its modules, and waits for `begin`: so it does not wait for the database and
 * the other parts to load first. Its output goes to `log`.
 */
export function startChild(
  { name, script, env, nodeOptions = [] }: Role,
  log: Writable,
  events: ChildEvents,
): Child {
  const { execArgv } = globalThis.process;
  let process: ChildProcess;
  let stopping = false;
  let restartMs = firstRestartMs;
  let firstReady = false;
  let variables: Readonly<Record<string, string>> | undefined;

  const launch = (): Promise<void> => {
    const startedAt = Date.now();
    const parameters = variables === undefined ? [waitsForBegin] : [];
    process = fork(fileURLToPath(new URL(script, import.meta.url)), parameters, {
      env: { ...env, ...variables },
      execArgv: [...execArgv, ...nodeOptions],
      // A process group of its own: Ctrl+C in the terminal reaches only the parent, which ends everything in
      // order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    process.stdout?.pipe(log, { end: false });
    process.stderr?.pipe(log, { end: false });
    return new Promise((resolve, reject) => {
      process.on('message', (message) => {
        if (message === 'ready') {
          firstReady = true;
          resolve();
        } else if (typeof message === 'object' && message !== null && 'failed' in message) {
          reject(new Error(String(message.failed)));
        }
      });
      process.once('error', reject);
      process.once('exit', (code, signal) => {
        reject(
          new Error(`the ${name} process ended with ${signal ?? `exit code ${code}`}; its log says why`),
        );
        if (stopping || !firstReady) return;
        restartMs =
          Date.now() - startedAt > healthyMs ? firstRestartMs : Math.min(restartMs * 2, maxRestartMs);
        events.onDeath(name, restartMs);
        setTimeout(() => {
          if (!stopping) launch().catch(() => undefined);
        }, restartMs);
      });
    });
  };

  const ready = launch();
  // It may end before it begins; `begin` reports that.
  ready.catch(() => undefined);
  return {
    begin(added) {
      variables = added;
      process.send({ begin: added }, () => undefined);
      return ready;
    },
    async stop(graceMs) {
      stopping = true;
      if (process.exitCode !== null || process.signalCode !== null) return;
      const ended = new Promise((resolve) => process.once('exit', resolve));
      if (variables === undefined) process.kill('SIGKILL');
      else process.send('stop', () => undefined);
      const inTime = await waitAtMost(
        graceMs,
        ended.then(() => true),
      );
      if (!inTime) process.kill('SIGKILL');
      await ended;
    },
  };
}
