/**
 * Measures the longest time, in ms, for which work blocked the event loop of this process.
 *
 * Wall-clock time would measure the load of the machine: a thread that needs 20 ms may get them within 300.
 * The watch measures the processor time that this thread itself used between two turns of the loop
 * (`process.threadCpuUsage`), which does not grow with load from outside. A turn is a timer of 1 ms; work
 * that is split over several turns counts as several short stretches, as it does for other users' updates.
 * Garbage collection on this thread counts, as it does for them.
 */
export class LoopWatch {
  #longestMs = 0;
  #before = 0;
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#before = usedMs();
    this.#timer = setInterval(() => this.#turn(), 1);
  }

  /** Starts over: earlier stretches do not count. */
  reset(): void {
    this.#turn();
    this.#longestMs = 0;
  }

  /** Resolves to the longest stretch so far, the last one included, in ms. */
  async longestMs(): Promise<number> {
    await new Promise((resolve) => setTimeout(resolve, 2));
    this.#turn();
    return this.#longestMs;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #turn(): void {
    const now = usedMs();
    this.#longestMs = Math.max(this.#longestMs, now - this.#before);
    this.#before = now;
  }
}

/** Returns the processor time of this thread, in ms. */
function usedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Returns how long `work` takes without a break, in ms of processor time: the minimum of several runs. */
export function stretchMs(work: () => unknown, runs = 2): number {
  const took = Array.from({ length: runs }, () => {
    const before = usedMs();
    work();
    return usedMs() - before;
  });
  return Math.min(...took);
}
