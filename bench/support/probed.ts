import { fileURLToPath } from 'node:url';
import { nodeOptions } from '../../src/standalone/node-options.ts';
import { Fork } from '../../tests/support/fork.ts';
import { until } from '../../tests/support/until.ts';

/** A request to a probed process; each is answered with its usage. */
export type Question =
  | { readonly ask: 'usage' | 'profile' }
  /** Writes the profile since then into this file. */
  | { readonly ask: 'profiled'; readonly path: string };

export type Answer = {
  readonly usage: {
    /** Resident memory in bytes. */
    readonly rss: number;
    /** Heap in bytes, after garbage collection. */
    readonly heapUsed: number;
    /** Processor time since the start, in ms, before the probe's own work. */
    readonly cpuMs: number;
    /** Processor time of the probe's own work, such as the garbage collection, in ms. */
    readonly probedMs: number;
  };
};

const preload = fileURLToPath(new URL('./probe.ts', import.meta.url));

/** A process of Dabir with a probe. */
export class Probed {
  readonly #fork: Fork;
  #answered: (usage: Answer['usage']) => void = () => undefined;

  private constructor(fork: Fork) {
    this.#fork = fork;
    fork.onMessage((message) => 'usage' in message && this.#answered((message as Answer).usage));
  }

  /** @param role sets the options of Node, those of production */
  static async start(
    script: URL,
    env: Readonly<Record<string, string>>,
    role: keyof typeof nodeOptions,
  ): Promise<Probed> {
    const command = (node: string, path: string) => [
      node,
      ...nodeOptions[role],
      '--expose-gc',
      '--import',
      preload,
      path,
    ];
    return new Probed(await Fork.start(script, env, command));
  }

  get pid(): number {
    return this.#fork.pid;
  }

  /** Returns the port of its web side, from its log. */
  async webPort(): Promise<number> {
    return until(() => Number(/"web":(\d+)/.exec(this.#fork.lines.join('\n'))?.[1] ?? 0));
  }

  /** Sends a request and returns the answer; one at a time. */
  async ask(question: Question): Promise<Answer['usage']> {
    const { promise, resolve } = Promise.withResolvers<Answer['usage']>();
    this.#answered = resolve;
    this.#fork.send(question);
    return promise;
  }

  /**
   * Its warnings and errors so far, and the reasons of failed files: figures of a run with any need a closer
   * look.
   */
  get complaints(): string[] {
    return this.#fork.lines.filter((line) => /"level":[456]0|"FAILED"/.test(line) || !line.startsWith('{'));
  }

  stop(): Promise<void> {
    return this.#fork.stop();
  }
}
