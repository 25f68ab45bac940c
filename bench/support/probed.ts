import { fileURLToPath } from 'node:url';
import { Fork } from '../../tests/support/fork.ts';

export type ProbeAnswer = {
  readonly probe: {
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
  #answer: (probe: ProbeAnswer['probe']) => void = () => undefined;

  private constructor(fork: Fork) {
    this.#fork = fork;
    fork.onMessage((message) => 'probe' in message && this.#answer((message as ProbeAnswer).probe));
  }

  /** @param flags for Node, before the script */
  static async start(
    script: URL,
    env: Readonly<Record<string, string>>,
    flags: readonly string[],
  ): Promise<Probed> {
    const command = (node: string, path: string) => [
      node,
      '--expose-gc',
      ...flags,
      '--import',
      preload,
      path,
    ];
    return new Probed(await Fork.start(script, env, command));
  }

  get pid(): number {
    return this.#fork.pid;
  }

  /** What it holds, after a garbage collection. */
  async probe(): Promise<ProbeAnswer['probe']> {
    const answered = new Promise<ProbeAnswer['probe']>((resolve) => {
      this.#answer = resolve;
    });
    this.#fork.send('probe');
    return answered;
  }

  /** Its warnings and errors so far: a figure taken with any is worth a look. */
  get complaints(): string[] {
    return this.#fork.lines.filter((line) => /"level":[456]0/.test(line) || !line.startsWith('{'));
  }

  stop(): Promise<void> {
    return this.#fork.stop();
  }
}
