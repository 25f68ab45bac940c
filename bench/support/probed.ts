import { fileURLToPath } from 'node:url';
import { Fork } from '../../tests/support/fork.ts';

/** What a probed process is asked; each is answered with its usage. */
export type Question =
  | { readonly ask: 'usage' | 'profile' }
  /** The profile since then goes into this file. */
  | { readonly ask: 'profiled'; readonly path: string };

export type Answer = {
  readonly usage: {
    /** Bytes. */
    readonly rss: number;
    /** Bytes, after garbage collection. */
    readonly heapUsed: number;
    /** Milliseconds of processor time since its start. */
    readonly cpuMs: number;
  };
};

const preload = fileURLToPath(new URL('./probe.ts', import.meta.url));

/** A process of Dabir that can be asked what it holds. */
export class Probed {
  readonly #fork: Fork;
  #answered: (usage: Answer['usage']) => void = () => undefined;

  private constructor(fork: Fork) {
    this.#fork = fork;
    fork.onMessage((message) => 'usage' in message && this.#answered((message as Answer).usage));
  }

  static async start(script: URL, env: Readonly<Record<string, string>>): Promise<Probed> {
    const command = (node: string, path: string) => [node, '--expose-gc', '--import', preload, path];
    return new Probed(await Fork.start(script, env, command));
  }

  /** One question at a time. */
  async ask(question: Question): Promise<Answer['usage']> {
    const { promise, resolve } = Promise.withResolvers<Answer['usage']>();
    this.#answered = resolve;
    this.#fork.send(question);
    return promise;
  }

  /** Its warnings and errors so far, and how files failed: a figure taken with any is worth a look. */
  get complaints(): string[] {
    return this.#fork.lines.filter((line) => /"level":[456]0|"FAILED"/.test(line) || !line.startsWith('{'));
  }

  stop(): Promise<void> {
    return this.#fork.stop();
  }
}
