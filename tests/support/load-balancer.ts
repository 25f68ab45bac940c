import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A proxy before several bots: each request goes to the next of them, and one that is gone is skipped. */
export class LoadBalancer {
  /** Ports on loopback that requests go to. */
  readonly targets = new Set<number>();
  readonly #server: Server;
  #turn = 0;

  private constructor() {
    this.#server = createServer((incoming, outgoing) => void this.#pass(incoming, outgoing));
  }

  static async open(): Promise<LoadBalancer> {
    const balancer = new LoadBalancer();
    await new Promise<void>((resolve) => balancer.#server.listen(0, '127.0.0.1', resolve));
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Cuts every connection, as a restart of the proxy does. */
  drop(): void {
    this.#server.closeAllConnections();
  }

  async close(): Promise<void> {
    this.drop();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    this.#turn += 1;
    const ports = [...this.targets];
    const inTurn = ports.map((_, index) => ports[(this.#turn + index) % ports.length] ?? 0);
    for (const port of inTurn) {
      const answer = await forward(incoming, body, port).catch(() => null);
      if (answer === null) continue;
      outgoing.writeHead(answer.statusCode ?? 502);
      answer.pipe(outgoing);
      return;
    }
    outgoing.writeHead(502).end();
  }
}

function forward(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  port: number,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path: url, headers, agent: false };
    request(options, resolve).once('error', reject).end(body);
  });
}
