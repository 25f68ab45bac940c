import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * The loss of a statement. `lost-answer`: it is executed, and its result does not arrive. `unheard`: it never
 * arrives.
 */
export type Loss = 'lost-answer' | 'unheard';

type Trap = { readonly words: string; readonly loss: Loss; readonly awayMs: number; sprung(): void };

/**
 * A proxy before PostgreSQL that breaks at a chosen statement: all connections are cut, and new ones are
 * refused for a while, as when the server restarts at that moment.
 */
export class FaultyProxy {
  readonly url: string;
  readonly #target: URL;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** The texts of prepared statements, which a connection sends once, by their names. */
  readonly #prepared = new Map<string, string>();
  #trap: Trap | undefined;
  #isShut = false;

  private constructor(target: URL, server: Server, url: string) {
    this.#target = target;
    this.#server = server;
    this.url = url;
    server.on('connection', (socket) => this.#passOn(socket));
  }

  static async open(databaseUrl: string): Promise<FaultyProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(databaseUrl);
    url.port = String((server.address() as AddressInfo).port);
    return new FaultyProxy(new URL(databaseUrl), server, url.href);
  }

  /**
   * Breaks at the next statement with these words, and refuses connections for `awayMs` ms. Resolves when it
   * has broken.
   */
  failAt(words: string, loss: Loss, awayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#trap = { words, loss, awayMs, sprung: resolve };
    });
  }

  async close(): Promise<void> {
    this.#slam();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #passOn(incoming: Socket): void {
    if (this.#isShut) {
      incoming.resetAndDestroy();
      return;
    }
    const outgoing = connect(Number(this.#target.port), this.#target.hostname);
    let caught: Trap | undefined;
    incoming.on('data', (bytes) => {
      const trap = this.#trap;
      if (this.#says(bytes, trap?.words) && trap !== undefined) {
        this.#trap = undefined;
        if (trap.loss === 'unheard') return this.#spring(trap);
        caught = trap;
      }
      outgoing.write(bytes);
    });
    // The server answers a statement once it is committed.
    outgoing.on('data', (bytes) => (caught === undefined ? incoming.write(bytes) : this.#spring(caught)));
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      this.#sockets.add(one);
      one.on('error', () => other.destroy());
      one.once('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
  }

  /** Returns true when a message holds these words, or names a prepared statement that holds them. */
  #says(bytes: Buffer, words: string | undefined): boolean {
    const message = bytes.toString('latin1');
    // Parse: the name of the statement, its text. Later calls send the name alone.
    for (const [, name = '', text = ''] of message.matchAll(/(dabir_[0-9a-f]{32})\0([^\0]+)\0/g)) {
      this.#prepared.set(name, text);
    }
    if (words === undefined) return false;
    if (message.includes(words)) return true;
    const names = message.match(/dabir_[0-9a-f]{32}/g) ?? [];
    return names.some((name) => this.#prepared.get(name)?.includes(words));
  }

  #spring({ awayMs, sprung }: Trap): void {
    this.#isShut = true;
    this.#slam();
    setTimeout(() => {
      this.#isShut = false;
    }, awayMs);
    sprung();
  }

  #slam(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
