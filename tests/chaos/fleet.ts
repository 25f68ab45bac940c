import { type ChildProcess, fork } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Upload } from '../../src/domain/transcription.ts';

/** What Telegram brings to a bot. */
export type Delivery =
  | { readonly kind: 'upload'; readonly upload: Upload }
  | { readonly kind: 'choose' | 'cancel'; readonly uploadKey: string };

/** A process of the fleet, replaced by a new one when it dies. */
export class Member {
  readonly #script: string;
  readonly #env: Record<string, string>;
  readonly #log: WriteStream;
  #stopping = false;
  #paused = false;
  #number = 0;
  #unanswered = new Map<number, (taken: boolean) => void>();
  process: ChildProcess;

  /** @param base what the script's path is relative to */
  constructor(script: string, env: Record<string, string>, log: WriteStream, base: string = import.meta.url) {
    this.#script = fileURLToPath(new URL(script, base));
    this.#env = env;
    this.#log = log;
    this.process = this.#start();
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  #start(): ChildProcess {
    const child = fork(this.#script, {
      env: { ...process.env, ...this.#env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child.stdout?.pipe(this.#log, { end: false });
    child.stderr?.pipe(this.#log, { end: false });
    child.on('message', (message: { acknowledged?: number; refused?: number }) => {
      const number = message.acknowledged ?? message.refused;
      if (number === undefined) return;
      this.#unanswered.get(number)?.(message.acknowledged !== undefined);
      this.#unanswered.delete(number);
    });
    child.on('error', () => undefined);
    child.once('exit', () => {
      for (const answer of this.#unanswered.values()) answer(false);
      this.#unanswered.clear();
      setTimeout(() => {
        if (!this.#stopping) this.process = this.#start();
      }, 300);
    });
    return child;
  }

  /** True when the bot took it; false when it died, refused, or said nothing for 10 s. */
  async deliver(delivery: Delivery): Promise<boolean> {
    const { process: child } = this;
    if (!child.connected || this.#paused) {
      await sleep(200);
      return false;
    }
    this.#number += 1;
    const number = this.#number;
    const answered = new Promise<boolean>((resolve) => this.#unanswered.set(number, resolve));
    child.send({ number, delivery }, (error) => error && this.#unanswered.get(number)?.(false));
    return Promise.race([answered, sleep(10_000, false, { ref: false })]);
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }

  /** Stands still for a while, as a machine that swaps or is moved does. */
  async pause(ms: number): Promise<void> {
    const { process: child } = this;
    this.#paused = true;
    child.kill('SIGSTOP');
    await sleep(ms);
    child.kill('SIGCONT');
    this.#paused = false;
  }

  /** A deploy: asked to end, started anew. */
  redeploy(): void {
    if (this.process.connected) this.process.send('stop', () => undefined);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const { process: child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGCONT');
    child.send('stop', () => undefined);
    if (await Promise.race([ended.then(() => false), sleep(9_000, true, { ref: false })]))
      child.kill('SIGKILL');
    await ended;
  }
}

/** Where all members write. */
export function openLog(path: string): WriteStream {
  return createWriteStream(path);
}
