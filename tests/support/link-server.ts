import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LinkRules } from '../../src/features/links/address/rules.ts';

/** A web server at one of this machine's addresses. */
export type LinkServer = {
  readonly port: number;
  /** The requests that it got, such as `GET /a.mp3`. */
  readonly asked: string[];
  close(): Promise<void>;
};

export async function startLinkServer(
  answer: RequestListener,
  { host = '127.0.0.1', port = 0 }: { readonly host?: string; readonly port?: number } = {},
): Promise<LinkServer> {
  const asked: string[] = [];
  const server: Server = createServer((request: IncomingMessage, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/**
 * Returns rules for a test's internet: 127.0.0.1 is the public part of it and every other address private,
 * host names are those that the test gives, and servers listen on high ports, or on 443 where nothing does.
 */
export function testWeb(names: Readonly<Record<string, () => string>> = {}): LinkRules {
  return {
    isAllowed: (address) => address === '127.0.0.1',
    isAllowedPort: (port) => port === 443 || port > 1024,
    async resolve(hostname) {
      const address = names[hostname]?.();
      if (address === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
      return [{ address, family: 4 }];
    },
  };
}
