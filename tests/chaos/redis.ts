import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis as Client } from 'ioredis';
import { findFreePort } from '../../src/embedded/free-port.ts';

/** A Redis server of the run's own on loopback, which can be emptied and killed. */
export class Redis {
  readonly url: string;
  readonly #folder: string;
  readonly #port: number;
  #server: ChildProcess;
  /** Guards against a second restart, which would kill the server that the first waits for. */
  #restarting = false;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
    this.url = `redis://127.0.0.1:${port}`;
    this.#server = this.#spawn();
  }

  /** @throws Error when this machine has no redis-server */
  static async start(folder: string): Promise<Redis> {
    await mkdir(folder, { recursive: true });
    const redis = new Redis(folder, await findFreePort());
    await redis.#untilReady();
    return redis;
  }

  /** Deletes all keys. */
  async flush(): Promise<void> {
    await this.#ask((client) => client.flushall());
  }

  /** Makes it refuse writes for `ms` ms; reads still work. */
  async outOfMemory(ms: number): Promise<void> {
    await this.#ask(async (client) => {
      await client.config('SET', 'maxmemory-policy', 'noeviction');
      // Less than an empty server needs.
      await client.config('SET', 'maxmemory', '1');
    });
    await sleep(ms);
    await this.#ask((client) => client.config('SET', 'maxmemory', '0'));
  }

  /** Best effort: while the server is down there is nothing to change in it. */
  async #ask(question: (client: Client) => Promise<unknown>): Promise<void> {
    const client = new Client(this.url, { maxRetriesPerRequest: 1, retryStrategy: () => null });
    client.on('error', () => undefined);
    await question(client).catch(() => undefined);
    client.disconnect();
  }

  /** Kills the server and starts it again empty, after a second or when `gone` resolves. */
  async restart(gone: () => Promise<unknown> = () => sleep(1_000)): Promise<void> {
    if (this.#restarting) return;
    this.#restarting = true;
    try {
      await this.stop();
      await gone();
      await this.comeBack();
    } finally {
      this.#restarting = false;
    }
  }

  /** Starts it again after `stop`, on the same port and empty. */
  async comeBack(): Promise<void> {
    this.#server = this.#spawn();
    await this.#untilReady();
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#server.once('exit', resolve));
    if (this.#server.exitCode !== null || this.#server.signalCode !== null) return;
    this.#server.kill('SIGKILL');
    await ended;
  }

  #spawn(): ChildProcess {
    const settings = [
      '--port',
      String(this.#port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--dir',
      this.#folder,
    ];
    const server = spawn('redis-server', settings, { stdio: 'ignore' }).on('error', () => undefined);
    // It would outlive a run that is interrupted.
    const kill = () => server.kill('SIGKILL');
    process.once('exit', kill);
    return server.once('exit', () => process.off('exit', kill));
  }

  async #untilReady(): Promise<void> {
    const client = new Client(this.url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
    client.on('error', () => undefined);
    const answered = await Promise.race([client.ping(), sleep(5_000, null, { ref: false })]);
    client.disconnect();
    if (answered === null) throw new Error('redis-server did not start; is it installed?');
  }
}
