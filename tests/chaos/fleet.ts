import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, openSync, type WriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Upload } from '../../src/domain/transcription.ts';

/** What Telegram delivers to a bot. */
export type Delivery =
  | { readonly kind: 'upload'; readonly upload: Upload }
  | { readonly kind: 'choose' | 'cancel' | 'delete' | 'retry'; readonly uploadKey: string };

/**
 * Time without an answer after which a bot is killed, in ms: an unanswered delivery must not take effect
 * later.
 */
const silenceMs = 20_000;

/** A process of the fleet, replaced by a new one when it dies. */
export class Member {
  readonly #script: string;
  readonly #env: Record<string, string>;
  readonly #log: WriteStream;
  #stopping = false;
  #paused = false;
  #ready = false;
  #starts = 0;
  #number = 0;
  #unanswered = new Map<number, (taken: boolean) => void>();
  #settled: Promise<unknown> = Promise.resolve();
  #onceStill: (() => void) | undefined;
  process: ChildProcess;

  /** @param base the URL that the script's path is relative to */
  constructor(script: string, env: Record<string, string>, log: WriteStream, base: string = import.meta.url) {
    this.#script = fileURLToPath(new URL(script, base));
    this.#env = env;
    this.#log = log;
    this.process = this.#start();
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** True from its report that it is ready until it dies, except during pauses. */
  get isWell(): boolean {
    const { exitCode, signalCode } = this.process;
    return this.#ready && !this.#paused && exitCode === null && signalCode === null;
  }

  #start(): ChildProcess {
    this.#starts += 1;
    this.#ready = false;
    const child = fork(this.#script, {
      env: { ...process.env, ...this.#env, CHAOS_START: String(this.#starts) },
      detached: true,
      // All processes append to the same file: lines stay whole, also those of a process that is killed.
      stdio: ['ignore', this.#log, this.#log, 'ipc'],
    });
    const ready = new Promise((resolve) =>
      child.on('message', (message) => {
        if (message !== 'ready') return;
        this.#ready = true;
        resolve(0);
      }),
    );
    this.#settled = Promise.race([ready, once(child, 'exit')]);
    child.on('message', (message: { acknowledged?: number; refused?: number; still?: true }) => {
      if (message.still) this.#onceStill?.();
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

  /** Returns true when the bot acknowledged it; false when it refused or died. */
  async deliver(delivery: Delivery): Promise<boolean> {
    const { process: child } = this;
    if (!child.connected || this.#paused) {
      await sleep(200);
      return false;
    }
    this.#number += 1;
    const number = this.#number;
    const silence = setTimeout(() => child.kill('SIGKILL'), silenceMs);
    const taken = await new Promise<boolean>((resolve) => {
      this.#unanswered.set(number, resolve);
      child.send({ number, delivery }, (error) => error && resolve(false));
    });
    clearTimeout(silence);
    return taken;
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }

  /** Kills the process; resolves when its replacement is ready, or dead. */
  async restart(): Promise<void> {
    const { process: child } = this;
    this.kill();
    while (this.process === child && !this.#stopping) await sleep(50);
    await this.#settled;
  }

  /** Pauses the process until `over` resolves, as on a machine that swaps or is migrated. Not on Windows. */
  async pause(over: Promise<unknown>): Promise<void> {
    const { process: child } = this;
    this.#paused = true;
    child.kill('SIGSTOP');
    await over;
    child.kill('SIGCONT');
    this.#paused = false;
  }

  /** Pauses like `pause`, but at the moment when its next file is transcribed and about to be committed. */
  pauseBeforeCommit(over: () => Promise<unknown>): void {
    this.#onceStill = () => void this.pause(over());
    if (this.process.connected) this.process.send('stand still', () => undefined);
  }

  /** Redeploys: asks the process to end and starts a new one; resolves when that is ready, or dead. */
  async redeploy(): Promise<void> {
    const { process: child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    // Windows has no SIGTERM: there a process is asked through its channel, as `npm start` does.
    if (process.platform === 'win32') child.send('stop', () => undefined);
    else child.kill('SIGTERM');
    await ended;
    while (this.process === child && !this.#stopping) await sleep(50);
    await this.#settled;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const { process: child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    if (this.#paused) child.kill('SIGCONT');
    if (child.connected) child.send('stop', () => undefined);
    const impatience = setTimeout(() => child.kill('SIGKILL'), 9_000);
    await ended;
    clearTimeout(impatience);
  }
}

/** Delivers as Telegram does: again, to this bot or another, until one acknowledges. */
export async function untilTaken(bots: readonly Member[], delivery: Delivery, first: number): Promise<void> {
  for (let round = first; ; round += 1) {
    if (await bots[round % bots.length]?.deliver(delivery)) return;
    await sleep(100);
  }
}

/** Opens the log to which all members write. */
export function openLog(path: string): WriteStream {
  return createWriteStream(path, { fd: openSync(path, 'a') });
}
