import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service that accepts every request and never answers. */
export type SilentServer = {
  readonly url: string;
  /** Returns the number of requests that wait for an answer now. */
  waiting(): number;
  close(): Promise<void>;
};

export async function startSilentServer(): Promise<SilentServer> {
  const waiting = new Set<unknown>();
  const server = createServer((request, response) => {
    waiting.add(request);
    request.resume();
    response.once('close', () => waiting.delete(request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    waiting: () => waiting.size,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
