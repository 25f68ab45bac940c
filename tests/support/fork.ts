import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { until } from './until.ts';

/** The exit code, or the signal that ended it. */
type End = number | NodeJS.Signals | null;

/**
 * One process of Dabir, started as in production, which a test kills, pauses or stops. No supervisor restarts
 * it.
 */
export class Fork {
  /** Its log, a JSON object per line. */
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
   * Starts a script and waits until it reports that it is ready.
   * @param command replaces Node with the script as the command, when another program has to start it
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

  /** Sends a message to the process. */
  send(message: object | string): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** Listens to messages of the process. */
  onMessage(listener: (message: object) => void): void {
    this.#child.on('message', (message) => typeof message === 'object' && message && listener(message));
  }

  /** Waits for a log line that contains all these words. */
  async logs(...words: readonly string[]): Promise<string> {
    return until(
      () => this.lines.find((line) => words.every((word) => line.includes(word))),
      () => `"${words.join(' … ')}" in the log:\n${this.lines.join('\n')}`,
    );
  }

  /** Sends a signal; `end` gives the result. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves when the process has ended. */
  end(): Promise<End> {
    return this.#ended;
  }

  /** Kills it as a power cut does; resolves when it has ended. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.#ended;
  }

  /** Pauses it, as on a machine that swaps or is migrated. Not on Windows. */
  pause(): void {
    this.#paused = true;
    this.signal('SIGSTOP');
  }

  resume(): void {
    this.#paused = false;
    this.signal('SIGCONT');
  }

  /** Asks it to end as `npm start` does, and kills it after a time limit. */
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
