import { Worker } from 'node:worker_threads';
import type { ThreadMessage, ThreadRequest } from './messages.ts';

/** Settings of a thread. */
export type ThreadOptions = {
  /** Name for error messages, such as "the document thread". */
  readonly name: string;
  /** The module that calls `serve`. */
  readonly entry: URL;
  /** Heap of the thread, in MiB. */
  readonly memoryMb: number;
  /** The thread ends after this idle time, in ms; an idle thread takes 10 MB or more. */
  readonly idleMs: number;
};

/** Thrown when work on a thread exceeds its time. */
export class TookTooLong extends Error {}

type Job<Request, Result> = {
  readonly request: Request;
  readonly transfer: readonly ArrayBuffer[];
  readonly timeoutMs: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
};

/** Heap for short-lived objects, in MB; a larger one increases memory, not speed. */
const youngMb = 16;

/**
 * Runs work on a thread of its own, one request at a time, so that it never blocks the event loop. The thread
 * starts with the first request, does not keep the process alive, ends when idle, and is started again after it
 * died.
 */
export class OnDemandThread<Request, Result> {
  readonly #options: ThreadOptions;
  readonly #queue: Job<Request, Result>[] = [];
  #worker: Worker | null = null;
  #isStarted = false;
  #current: (Job<Request, Result> & { readonly timer: NodeJS.Timeout }) | null = null;
  #idle: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: ThreadOptions) {
    this.#options = options;
  }

  /** True while the thread exists. */
  get isAlive(): boolean {
    return this.#worker !== null;
  }

  /**
   * Runs one request. `timeoutMs` does not include earlier requests and the start of the thread.
   * @throws TookTooLong after `timeoutMs`; the thread is ended
   * @throws Error if the work throws, if the thread runs out of memory or dies, and if it is closed
   */
  run(request: Request, timeoutMs: number, transfer: readonly ArrayBuffer[] = []): Promise<Result> {
    if (this.#isClosed) return Promise.reject(this.#closed());
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, transfer, timeoutMs, resolve, reject });
      this.#next();
    });
  }

  /** Ends the thread; current and waiting requests fail. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    this.#lose(this.#closed());
    for (const { reject } of this.#queue.splice(0)) reject(this.#closed());
    await worker?.terminate();
  }

  /** Sends the next request to the thread, if the thread is free and a request waits. */
  #next(): void {
    if (this.#current !== null || this.#queue.length === 0) return;
    clearTimeout(this.#idle);
    const worker = this.#worker ?? this.#start();
    worker.ref();
    if (!this.#isStarted) return;
    const job = this.#queue.shift();
    if (job === undefined) return;
    const timer = setTimeout(() => {
      this.#lose(new TookTooLong(`${this.#options.name} took more than ${job.timeoutMs} ms`));
      void worker.terminate();
      this.#next();
    }, job.timeoutMs);
    this.#current = { ...job, timer };
    worker.postMessage({ request: job.request } satisfies ThreadRequest<Request>, [...job.transfer]);
  }

  #start(): Worker {
    const worker = new Worker(this.#options.entry, {
      resourceLimits: { maxOldGenerationSizeMb: this.#options.memoryMb, maxYoungGenerationSizeMb: youngMb },
    });
    worker.on('message', (message: ThreadMessage<Result>) => {
      if (this.#worker === worker) this.#receive(message);
    });
    const ended = (error: Error) => {
      if (this.#worker !== worker) return;
      // A thread that fails while it starts would be restarted forever.
      const cannotStart = !this.#isStarted;
      this.#lose(error);
      if (cannotStart) for (const { reject } of this.#queue.splice(0)) reject(error);
      this.#next();
    };
    worker.on('error', ended);
    worker.on('exit', (code) => ended(new Error(`${this.#options.name} ended with ${code}`)));
    this.#worker = worker;
    this.#isStarted = false;
    return worker;
  }

  #receive(message: ThreadMessage<Result>): void {
    if (message.kind === 'started') this.#isStarted = true;
    else {
      const job = this.#current;
      this.#current = null;
      clearTimeout(job?.timer);
      if (message.kind === 'result') job?.resolve(message.result);
      else job?.reject(new Error(message.error));
    }
    this.#next();
    if (this.#current === null) this.#startIdleTimer();
  }

  /** Lets the process end, and ends the thread after the idle time. */
  #startIdleTimer(): void {
    this.#worker?.unref();
    this.#idle = setTimeout(() => {
      const worker = this.#worker;
      this.#worker = null;
      void worker?.terminate();
    }, this.#options.idleMs).unref();
  }

  /** Drops the thread and fails its current request. */
  #lose(error: Error): void {
    clearTimeout(this.#idle);
    this.#worker = null;
    const job = this.#current;
    this.#current = null;
    clearTimeout(job?.timer);
    job?.reject(error);
  }

  #closed(): Error {
    return new Error(`${this.#options.name} was closed`);
  }
}
