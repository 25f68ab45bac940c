import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

export type Web = { readonly port: number; close(): Promise<void> };

/** Whoever sends their request more slowly than this is cut off, in milliseconds: headers, and the whole of it. */
const headersMs = 10_000;
const requestMs = 30_000;

/**
 * Serves the side of Dabir that is not a chat: health, metrics, Telegram's deliveries, each a set of routes.
 * @throws Error in one sentence when the port is taken
 */
export async function startWeb(
  { host, port, portName }: { host: string; port: number; portName: string },
  parts: readonly Hono[],
): Promise<Web> {
  const app = new Hono();
  app.use(secureHeaders());
  for (const part of parts) app.route('/', part);
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: app.fetch,
        hostname: host,
        port,
        serverOptions: { headersTimeout: headersMs, requestTimeout: requestMs, maxHeaderSize: 16_384 },
      },
      ({ port }) => resolve({ port, close: () => closeServer(server) }),
    ) as Server;
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${port} on ${host} is in use; set ${portName} to a free one (0 picks one).`)
          : error,
      );
    });
  });
}

/** Requests under way get this long to end, in milliseconds. */
const closingMs = 2_000;

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cutOff = setTimeout(() => server.closeAllConnections(), closingMs);
  await closed;
  clearTimeout(cutOff);
}
