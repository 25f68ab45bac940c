import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { EngineReadiness } from '../../domain/engine.ts';
import { DabirError } from '../../domain/errors.ts';
import { oneLineReason } from './one-line-reason.ts';
import type { OnProgress } from './provision.ts';
import { SetUpError } from './set-up-error.ts';

/** Sets the engine up; rejects with an Error whose message tells operators the reason; a SetUpError names its cause. */
export type SetUp = (onProgress: OnProgress, signal: AbortSignal) => Promise<void>;

/** This engine itself reports neither `resting` nor `paused`; both states come from outside. */
type Readiness = Exclude<EngineReadiness, { state: 'resting' | 'paused' }>;

/** Delay after a failed set-up, doubled each time, in ms; the cause, such as the network, may pass. */
const firstRetryMs = 10_000;
const maxRetryMs = 10 * 60_000;
/** Maximum length of the reason that is logged, in characters; pip's output can be long. */
const maxReasonLength = 600;

/** Repeats the set-up until it succeeds, and settles the calls that wait for it. */
export class Preparation {
  readonly #setUp: SetUp;
  readonly #logger: Logger;
  readonly #firstRetryMs: number;
  readonly #closing = new AbortController();
  #readiness: Readiness = { state: 'preparing', stage: 'install', fraction: null };
  #running: Promise<void> | undefined;
  #waiters = new Set<() => void>();

  constructor(setUp: SetUp, logger: Logger, retryMs: number = firstRetryMs) {
    this.#setUp = setUp;
    this.#logger = logger;
    this.#firstRetryMs = retryMs;
  }

  /** Starts the set-up, unless it was started already. */
  start(): void {
    if (this.#closing.signal.aborted) return;
    this.#running ??= this.#run();
  }

  /** Restarts the set-up from the beginning, because the installed engine no longer works. */
  startAgain(): void {
    if (this.#readiness.state !== 'ready') return;
    this.#become({ state: 'preparing', stage: 'load', fraction: null });
    this.#running = undefined;
    this.start();
  }

  /** Aborts when the engine closes. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  get readiness(): Readiness {
    return this.#readiness;
  }

  /**
   * Resolves when ready; rejects with `engine_unavailable` after a failed set-up, or with the signal's reason.
   */
  whenReady(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiters.delete(check);
        signal.removeEventListener('abort', onAbort);
      };
      const onAbort = () => {
        leave();
        reject(signal.reason);
      };
      const check = () => {
        if (this.#readiness.state === 'preparing') return;
        leave();
        if (this.#readiness.state === 'ready') resolve();
        else reject(new DabirError('engine_unavailable', `LOCAL is unavailable: ${this.#readiness.reason}`));
      };
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiters.add(check);
      check();
    });
  }

  /** Stops the set-up; resolves when it has stopped. */
  async close(): Promise<void> {
    this.#closing.abort(new DabirError('engine_unavailable', 'LOCAL is closing'));
    this.#become({ state: 'unavailable', cause: 'closing', reason: 'it is closing' });
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    for (let retryMs = this.#firstRetryMs; ; retryMs = Math.min(retryMs * 2, maxRetryMs)) {
      try {
        await this.#setUp((stage, fraction) => this.#show(stage, fraction), signal);
        return this.#become({ state: 'ready' });
      } catch (error) {
        if (signal.aborted) return;
        const reason = oneLineReason((error as Error).message, maxReasonLength);
        const cause = error instanceof SetUpError ? error.unavailableCause : 'start_failed';
        this.#logger.warn({ cause, reason, retryMs }, 'LOCAL is not available');
        this.#become({ state: 'unavailable', cause, reason });
        await sleep(retryMs, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
      }
    }
  }

  #show: OnProgress = (stage, fraction) => {
    // During a retry the engine stays unavailable until there is progress.
    if (this.#readiness.state === 'unavailable' && fraction === null) return;
    this.#become({ state: 'preparing', stage, fraction });
  };

  #become(readiness: Readiness): void {
    if (this.#closing.signal.aborted && readiness.state !== 'unavailable') return;
    this.#readiness = readiness;
    for (const check of [...this.#waiters]) check();
  }
}
