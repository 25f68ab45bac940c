import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { until } from './until.ts';

/** The exit code, or the signal that ended it. */
type End = number | NodeJS.Signals | null;

/** One process of Dabir, started as in production, to be killed, paused and asked to end. Nobody starts it anew. */
export class Fork {
  /** What it logged, a JSON line each. */
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  readonly #ended: Promise<End>;
  #paused = false;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = once(child, 'exit').then(([code, signal]) => code ?? signal);
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.lines.push(line));
    }
  }

  /**
   * Starts a script and waits until it says that it is ready.
   * @param command what to run instead of Node with the script, when something has to stand in front of it
   */
  static async start(
    script: URL,
    env: Readonly<Record<string, string>>,
    command: (node: string, path: string) => readonly string[] = (node, path) => [node, path],
  ): Promise<Fork> {
    const [program = '', ...parameters] = command(process.execPath, fileURLToPath(script));
    const child = spawn(program, parameters, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const fork = new Fork(child);
    const ready = new Promise<void>((resolve, reject) => {
      child.on('message', (message) => message === 'ready' && resolve());
      child.once('exit', () => reject(new Error(`it did not start:\n${fork.lines.join('\n')}`)));
      child.once('error', reject);
    });
    await ready;
    return fork;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Says something to the process. */
  send(message: object | string): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** Hears what the process says. */
  onMessage(listener: (message: object) => void): void {
    this.#child.on('message', (message) => typeof message === 'object' && message && listener(message));
  }

  /** Waits for a log line with all these words in it. */
  async logs(...words: readonly string[]): Promise<string> {
    return until(
      () => this.lines.find((line) => words.every((word) => line.includes(word))),
      () => `"${words.join(' … ')}" in the log:\n${this.lines.join('\n')}`,
    );
  }

  /** Sends a signal; see `end` for what came of it. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves when the process has ended. */
  end(): Promise<End> {
    return this.#ended;
  }

  /** Kills it as a power cut does; resolves when it is gone. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.#ended;
  }

  /** It stands still, as on a machine that swaps or is moved. Not on Windows. */
  pause(): void {
    this.#paused = true;
    this.signal('SIGSTOP');
  }

  resume(): void {
    this.#paused = false;
    this.signal('SIGCONT');
  }

  /** Asks it to end as `npm start` does; after a while no more asking. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    if (this.#paused) this.resume();
    this.send('stop');
    const impatience = setTimeout(() => this.signal('SIGKILL'), patienceMs);
    await this.#ended;
    clearTimeout(impatience);
  }
}

const patienceMs = 5_000;
