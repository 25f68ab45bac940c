import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, isIP, type Socket } from 'node:net';
import { createGuardedLookup } from '../address/guarded-lookup.ts';
import { type LinkRules, refusalOf } from '../address/rules.ts';

/** A proxy on this machine, for a program that opens connections by itself. */
export type GuardingProxy = {
  /** URL with a password, so that no other program on this machine can use the proxy. */
  readonly url: string;
  close(): void;
};

/**
 * Starts a proxy that reaches only allowed addresses. Neither a redirect, a playlist nor a name
 * that changes can lead its traffic into our network or to other ports than those of the web.
 */
export async function startGuardingProxy(rules: LinkRules): Promise<GuardingProxy> {
  const password = randomBytes(16).toString('hex');
  const expected = Buffer.from(`Basic ${Buffer.from(`dabir:${password}`).toString('base64')}`);
  const isOurs = ({ headers }: IncomingMessage) => {
    const given = Buffer.from(headers['proxy-authorization'] ?? '');
    return given.length === expected.length && timingSafeEqual(given, expected);
  };
  const lookup = createGuardedLookup(rules);
  const sockets = new Set<Socket>();
  const kept = <S extends Socket>(socket: S): S => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket));
    return socket;
  };
  /** Checks a host by name or number; names are checked again when they are resolved. */
  const mayReach = (url: URL) => refusalOf(url, rules) === null;

  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    const target = URL.canParse(incoming.url ?? '') ? new URL(incoming.url ?? '') : null;
    if (!isOurs(incoming)) return refuse(outgoing, 407);
    if (target === null || target.protocol !== 'http:' || !mayReach(target)) return refuse(outgoing, 403);
    const { 'proxy-authorization': _, 'proxy-connection': __, ...headers } = incoming.headers;
    const onward = request(target, { method: incoming.method, headers, lookup, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing).on('error', () => answer.destroy());
    });
    onward.on('error', () => (outgoing.headersSent ? outgoing.destroy() : refuse(outgoing, 502)));
    incoming.pipe(onward);
    outgoing.once('close', () => onward.destroy());
  });
  server.on('connection', kept);
  server.on('connect', (incoming: IncomingMessage, client: Socket) => {
    const target = URL.canParse(`https://${incoming.url}`) ? new URL(`https://${incoming.url}`) : null;
    if (!isOurs(incoming)) return void client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    if (target === null || !mayReach(target)) return void client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const host = target.hostname.replace(/^\[|\]$/g, '');
    const upstream = kept(
      connect({ host, port: Number(target.port || 443), ...(isIP(host) === 0 && { lookup }) }),
    );
    upstream.once('connect', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    upstream.once('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroySoon());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://dabir:${password}@127.0.0.1:${port}`,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function refuse(outgoing: ServerResponse, status: number): void {
  outgoing.writeHead(status).end();
}
