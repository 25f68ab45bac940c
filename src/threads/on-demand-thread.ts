import { Worker } from 'node:worker_threads';
import type { Question, Saying } from './messages.ts';

export type ThreadOptions = {
  /** For messages of errors, as in "the thread of documents". */
  readonly name: string;
  /** The module that calls `serve`. */
  readonly entry: URL;
  /** Of its heap, in MB of 2^20 bytes. */
  readonly memoryMb: number;
  /** It ends when it had nothing to do for so long, in milliseconds: a thread at rest takes 10 MB or more. */
  readonly idleMs: number;
};

/** Work on a thread took longer than it may. */
export class TookTooLong extends Error {}

type Job<Order, Answer> = {
  readonly order: Order;
  readonly transfer: readonly ArrayBuffer[];
  readonly timeoutMs: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
};

/** For what is short-lived, in MB: more of it makes the process larger, not faster. */
const youngMb = 16;

/**
 * Does work on a thread of its own, one order after the other, so that none holds up the event loop. The thread starts
 * with the first order, keeps no process alive, ends when it is idle, and starts anew after it died.
 */
export class OnDemandThread<Order, Answer> {
  readonly #options: ThreadOptions;
  readonly #waiting: Job<Order, Answer>[] = [];
  #worker: Worker | null = null;
  #isStarted = false;
  #current: (Job<Order, Answer> & { readonly timer: NodeJS.Timeout }) | null = null;
  #idle: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: ThreadOptions) {
    this.#options = options;
  }

  /** True while there is a thread. */
  get isAlive(): boolean {
    return this.#worker !== null;
  }

  /**
   * Does one piece of work. What waits before it, and the start of the thread, do not count towards its time.
   * @throws TookTooLong when it takes longer than it may, in milliseconds; the thread is ended
   * @throws Error when the work throws, when the thread runs out of memory or dies, and when it is closed
   */
  run(order: Order, timeoutMs: number, transfer: readonly ArrayBuffer[] = []): Promise<Answer> {
    if (this.#isClosed) return Promise.reject(this.#closed());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ order, transfer, timeoutMs, resolve, reject });
      this.#next();
    });
  }

  /** Ends the thread. What is under way, and what waits, fails. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    this.#lose(this.#closed());
    for (const { reject } of this.#waiting.splice(0)) reject(this.#closed());
    await worker?.terminate();
  }

  /** Hands the thread its next order, if it is free and there is one. */
  #next(): void {
    if (this.#current !== null || this.#waiting.length === 0) return;
    clearTimeout(this.#idle);
    const worker = this.#worker ?? this.#start();
    worker.ref();
    if (!this.#isStarted) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    const timer = setTimeout(() => {
      this.#lose(new TookTooLong(`${this.#options.name} took more than ${job.timeoutMs} ms`));
      void worker.terminate();
      this.#next();
    }, job.timeoutMs);
    this.#current = { ...job, timer };
    worker.postMessage({ order: job.order } satisfies Question<Order>, [...job.transfer]);
  }

  #start(): Worker {
    const worker = new Worker(this.#options.entry, {
      resourceLimits: { maxOldGenerationSizeMb: this.#options.memoryMb, maxYoungGenerationSizeMb: youngMb },
    });
    worker.on('message', (saying: Saying<Answer>) => {
      if (this.#worker === worker) this.#hear(saying);
    });
    const ended = (error: Error) => {
      if (this.#worker !== worker) return;
      // One that cannot even start would be started for ever.
      const cannotStart = !this.#isStarted;
      this.#lose(error);
      if (cannotStart) for (const { reject } of this.#waiting.splice(0)) reject(error);
      this.#next();
    };
    worker.on('error', ended);
    worker.on('exit', (code) => ended(new Error(`${this.#options.name} ended with ${code}`)));
    this.#worker = worker;
    this.#isStarted = false;
    return worker;
  }

  #hear(saying: Saying<Answer>): void {
    if (saying.kind === 'started') this.#isStarted = true;
    else {
      const job = this.#current;
      this.#current = null;
      clearTimeout(job?.timer);
      if (saying.kind === 'answer') job?.resolve(saying.answer);
      else job?.reject(new Error(saying.error));
    }
    this.#next();
    if (this.#current === null) this.#rest();
  }

  /** Lets the process end, and the thread after a while. */
  #rest(): void {
    this.#worker?.unref();
    this.#idle = setTimeout(() => {
      const worker = this.#worker;
      this.#worker = null;
      void worker?.terminate();
    }, this.#options.idleMs).unref();
  }

  /** The thread is no more, and what it was doing has failed. */
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
