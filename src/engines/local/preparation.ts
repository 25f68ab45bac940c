import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { EngineReadiness } from '../../domain/engine.ts';
import { DabirError } from '../../domain/errors.ts';
import type { OnProgress } from './provision.ts';

/** Sets the engine up; rejects with an Error whose message tells operators why not. */
export type SetUp = (onProgress: OnProgress, signal: AbortSignal) => Promise<void>;

/** It never rests, and never pauses, by itself. */
type Readiness = Exclude<EngineReadiness, { state: 'resting' | 'paused' }>;

/** After a set-up that failed, for a reason that may pass (the network), doubling, in milliseconds. */
const firstRetryMs = 10_000;
const longestRetryMs = 10 * 60_000;
/** An operator's line, in characters; pip can say a lot. */
const longestReason = 600;

/** Sets the engine up until that succeeds, and tells those who wait for it. */
export class Preparation {
  readonly #setUp: SetUp;
  readonly #logger: Logger;
  readonly #firstRetryMs: number;
  readonly #closing = new AbortController();
  #readiness: Readiness = { state: 'preparing', stage: 'install', fraction: null };
  #running: Promise<void> | undefined;
  #waiting = new Set<() => void>();

  constructor(setUp: SetUp, logger: Logger, retryMs: number = firstRetryMs) {
    this.#setUp = setUp;
    this.#logger = logger;
    this.#firstRetryMs = retryMs;
  }

  /** Starts, where it is not started yet. */
  start(): void {
    if (this.#closing.signal.aborted) return;
    this.#running ??= this.#run();
  }

  /** Starts from the beginning: what was set up does not work any more. */
  startAgain(): void {
    if (this.#readiness.state !== 'ready') return;
    this.#become({ state: 'preparing', stage: 'load', fraction: null });
    this.#running = undefined;
    this.start();
  }

  get readiness(): Readiness {
    return this.#readiness;
  }

  /** Resolves when ready; rejects with `engine_unavailable` when a set-up has failed, or with the signal's reason. */
  whenReady(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(look);
        signal.removeEventListener('abort', onAbort);
      };
      const onAbort = () => {
        leave();
        reject(signal.reason);
      };
      const look = () => {
        if (this.#readiness.state === 'preparing') return;
        leave();
        if (this.#readiness.state === 'ready') resolve();
        else reject(new DabirError('engine_unavailable', `LOCAL is unavailable: ${this.#readiness.reason}`));
      };
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.add(look);
      look();
    });
  }

  /** Gives up, whatever it is doing; resolves when it has stopped. */
  async close(): Promise<void> {
    this.#closing.abort(new DabirError('engine_unavailable', 'LOCAL is being closed'));
    this.#become({ state: 'unavailable', reason: 'it is being closed' });
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    for (let retryMs = this.#firstRetryMs; ; retryMs = Math.min(retryMs * 2, longestRetryMs)) {
      try {
        await this.#setUp((stage, fraction) => this.#show(stage, fraction), signal);
        return this.#become({ state: 'ready' });
      } catch (error) {
        if (signal.aborted) return;
        const reason = inOneLine((error as Error).message);
        this.#logger.warn({ cause: reason, retryMs }, 'LOCAL is not available');
        this.#become({ state: 'unavailable', reason });
        await sleep(retryMs, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
      }
    }
  }

  #show: OnProgress = (stage, fraction) => {
    // While it tries again it is offered to nobody, until something comes of it.
    if (this.#readiness.state === 'unavailable' && fraction === null) return;
    this.#become({ state: 'preparing', stage, fraction });
  };

  #become(readiness: Readiness): void {
    if (this.#closing.signal.aborted && readiness.state !== 'unavailable') return;
    this.#readiness = readiness;
    for (const look of [...this.#waiting]) look();
  }
}

/** An address may hold a password; neither that nor the lines of a program's last words belong in a reason. */
function inOneLine(message: string): string {
  const line = message
    .replace(/\/\/[^/@\s]+@/g, '//')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= longestReason ? line : `${line.slice(0, longestReason)}…`;
}
