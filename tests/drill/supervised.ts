import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../../src/embedded/free-port.ts';

/** Delay before a supervisor restarts a process that has ended, in ms; systemd's `RestartSec=1`. */
const restartMs = 1_000;

/** One run of a process, from its start to its end. */
export type Life = {
  readonly member: string;
  readonly pid: number;
  readonly startedAt: number;
  endedAt: number | null;
  /** When the drill killed it (SIGKILL); null when it ended otherwise or still runs. */
  killedAt: number | null;
  /** Whether it reported that it is ready. */
  ready: boolean;
  /** Files that it claimed, with the time in ms since the epoch. */
  readonly taken: { readonly file: number; readonly at: number }[];
  /** Files whose answer it sent or was about to send. */
  readonly answered: Set<number>;
};

/** A production process under a supervisor that restarts it whenever it ends, as systemd and Docker do. */
export class Supervised {
  readonly name: string;
  readonly port: number;
  readonly lives: Life[] = [];
  readonly #script: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #log: WriteStream;
  #child: ChildProcess | undefined;
  #stopping = false;

  private constructor(
    name: string,
    script: string,
    env: Readonly<Record<string, string>>,
    port: number,
    logFile: string,
  ) {
    this.name = name;
    this.port = port;
    this.#script = fileURLToPath(new URL(`../../${script}`, import.meta.url));
    this.#env = env;
    this.#log = createWriteStream(logFile, { flags: 'a' });
    this.#start();
  }

  /**
   * @param script path relative to the project, such as `worker/main.ts`
   * @param portName the variable that sets the port of its web side, which stays the same across restarts
   * @param logFile file that gets its log
   */
  static async start(
    name: string,
    script: string,
    env: Readonly<Record<string, string>>,
    portName: string,
    logFile: string,
  ): Promise<Supervised> {
    const port = await findFreePort();
    return new Supervised(name, script, { ...env, [portName]: String(port) }, port, logFile);
  }

  /** Its current run, or its last one. */
  get life(): Life {
    const life = this.lives.at(-1);
    if (life === undefined) throw new Error(`${this.name} was never started`);
    return life;
  }

  /** Kills it as a power cut does. */
  kill(): void {
    if (this.life.endedAt !== null) return;
    this.life.killedAt = Date.now();
    this.#child?.kill('SIGKILL');
  }

  /** Asks it to end, as a deploy does; its supervisor restarts it. */
  async redeploy(): Promise<void> {
    const { life } = this;
    this.#child?.kill('SIGTERM');
    while (life.endedAt === null) await sleep(50);
  }

  /** Resolves with the status and the lines of `/readyz`; with status 0 when the process does not answer. */
  async readiness(): Promise<{ readonly status: number; readonly lines: string }> {
    try {
      const response = await fetch(`http://127.0.0.1:${this.port}/readyz`, {
        signal: AbortSignal.timeout(5_000),
      });
      return { status: response.status, lines: await response.text() };
    } catch (error) {
      return { status: 0, lines: String(error) };
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(impatience);
    }
    this.#log.end();
  }

  /** Kills it at once, for the end of the drill's own process. */
  abandon(): void {
    this.#stopping = true;
    this.#child?.kill('SIGKILL');
  }

  #start(): void {
    const child = spawn(process.execPath, [this.#script], {
      env: { ...process.env, ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const life: Life = {
      member: this.name,
      pid: child.pid ?? 0,
      startedAt: Date.now(),
      endedAt: null,
      killedAt: null,
      ready: false,
      taken: [],
      answered: new Set(),
    };
    this.lives.push(life);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (!this.#log.writableEnded) this.#log.write(`${this.name} ${life.pid} ${line}\n`);
        notice(life, line);
      });
    }
    child.on('error', () => undefined);
    child.once('exit', () => {
      life.endedAt = Date.now();
      setTimeout(() => {
        if (!this.#stopping) this.#start();
      }, restartMs);
    });
  }
}

/** Records what a line of the log says about the process. */
function notice(life: Life, line: string): void {
  if (!line.startsWith('{')) return;
  const { msg, transcription } = JSON.parse(line) as { msg?: string; transcription?: number };
  if (msg === 'worker started' || msg === 'the bot listens') life.ready = true;
  if (transcription === undefined) return;
  if (msg === 'processing') life.taken.push({ file: transcription, at: Date.now() });
  if (msg === 'ended' || msg === 'sending from the outbox') life.answered.add(transcription);
}
