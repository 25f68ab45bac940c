import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedPostgres } from '../../src/embedded/postgres.ts';
import { startMigratedPostgres } from './migrated-postgres.ts';
import { startUnsyncedPostgres } from './unsynced-postgres.ts';

/**
 * A migrated PostgreSQL of a test's own, which the test stops and starts. Its address is that of a proxy and
 * stays the same, while the server's own changes.
 */
export class OwnPostgres {
  readonly #dataDir: string;
  readonly #door: Server;
  readonly #sockets = new Set<Socket>();
  #server: EmbeddedPostgres;
  #port = 0;

  private constructor(dataDir: string, server: EmbeddedPostgres) {
    this.#dataDir = dataDir;
    this.#server = server;
    this.#door = createServer((socket) => this.#passOn(socket));
  }

  static async start(): Promise<OwnPostgres> {
    const dataDir = await mkdtemp(join(tmpdir(), 'dabir-postgres-'));
    // As root, PostgreSQL runs as another account, which needs access to the folder.
    await chmod(dataDir, 0o755);
    const own = new OwnPostgres(dataDir, await startMigratedPostgres(dataDir));
    await own.#open();
    return own;
  }

  get url(): string {
    const url = new URL(this.#server.url);
    url.port = String(this.#port);
    return url.href;
  }

  /**
   * Takes the processor time for new connections from the server, as on an overloaded machine; existing
   * connections continue. Not on Windows.
   * @returns a function that ends it
   */
  async starve(): Promise<() => void> {
    const lockFile = await readFile(join(this.#dataDir, 'postgres', 'postmaster.pid'), 'utf8');
    const postmaster = Number(lockFile.split('\n')[0]);
    process.kill(postmaster, 'SIGSTOP');
    return () => process.kill(postmaster, 'SIGCONT');
  }

  /** Cuts all connections and refuses new ones. */
  async goDown(): Promise<void> {
    const closed = new Promise((resolve) => this.#door.close(resolve));
    await this.#server.stop();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async comeBack(): Promise<void> {
    this.#server = await startUnsyncedPostgres(this.#dataDir);
    await this.#open();
  }

  async remove(): Promise<void> {
    await this.goDown();
    await rm(this.#dataDir, { recursive: true, force: true, maxRetries: 5 });
  }

  async #open(): Promise<void> {
    await new Promise<void>((resolve) => this.#door.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#door.address() as AddressInfo).port;
  }

  #passOn(incoming: Socket): void {
    const outgoing = connect(Number(new URL(this.#server.url).port), '127.0.0.1');
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      this.#sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.once('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
  }
}
