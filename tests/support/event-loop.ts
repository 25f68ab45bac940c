/**
 * How long the event loop of this process was held up by work, the longest stretch of it, in milliseconds.
 *
 * Time on the clock would say how busy the machine is: a thread that wants 20 ms may get them within 300. So what is
 * measured is the processor time that this thread itself used between two turns of the loop (`process.threadCpuUsage`),
 * which does not grow with load from outside. A turn is a timer of 1 ms; work that is split over several turns is seen
 * as several short stretches, as other people's updates see it. Garbage collection on this thread counts, as it does for
 * them.
 */
export class LoopWatch {
  #longestMs = 0;
  #before = 0;
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#before = usedMs();
    this.#timer = setInterval(() => this.#turn(), 1);
  }

  /** Starts anew: what was before does not count. */
  reset(): void {
    this.#turn();
    this.#longestMs = 0;
  }

  /** Resolves to the longest stretch so far, the one that is just over included. */
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

/** Processor time of this thread, in milliseconds. */
function usedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Returns how long work takes without a break, in milliseconds of processor time: the least of so many runs. */
export function stretchMs(work: () => unknown, runs = 2): number {
  const took = Array.from({ length: runs }, () => {
    const before = usedMs();
    work();
    return usedMs() - before;
  });
  return Math.min(...took);
}
