import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import type { Log } from '../app/ports/operations.ts';

export type Web = { readonly port: number; close(): Promise<void> };

/** Whoever sends their request more slowly than this is cut off, in milliseconds: headers, and the whole of it. */
const headersMs = 10_000;
const requestMs = 30_000;

/** How often that is looked after, in milliseconds. */
const lookMs = 1_000;

/** Longer than a usual proxy keeps its own connections, so that none is closed under a request, in milliseconds. */
const keepAliveMs = 65_000;

/** More are turned away before they cost anything. */
const mostConnections = 2_000;

/** Routes that show pages set a policy of their own; text may do nothing at all. */
const contentSecurityPolicy = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/**
 * Serves the side of Dabir that is not a chat: health, metrics, Telegram's deliveries, each a set of routes.
 * @param pages routes that set headers of their own
 * @throws Error in one sentence when the port is taken
 */
export async function startWeb(
  { host, port, portName }: { host: string; port: number; portName: string },
  parts: readonly Hono[],
  log?: Pick<Log, 'error'>,
  pages: readonly Hono[] = [],
): Promise<Web> {
  const app = new Hono();
  for (const page of pages) app.route('/', page);
  // Strict transport is for the proxy to promise: on loopback it would lock people out of other programs there.
  app.use(
    secureHeaders({
      contentSecurityPolicy,
      referrerPolicy: 'no-referrer',
      strictTransportSecurity: false,
    }),
  );
  for (const part of parts) app.route('/', part);
  app.notFound((context) => context.text('not here\n', 404));
  app.onError((error, context) => {
    if (error instanceof HTTPException) return error.getResponse();
    log?.error({ cause: error.message, method: context.req.method }, 'a request failed');
    return context.text('failed\n', 500);
  });
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: app.fetch,
        hostname: host,
        port,
        serverOptions: {
          headersTimeout: headersMs,
          requestTimeout: requestMs,
          connectionsCheckingInterval: lookMs,
          keepAliveTimeout: keepAliveMs,
          maxHeaderSize: 16_384,
          insecureHTTPParser: false,
        },
      },
      ({ port }) => resolve({ port, close: () => closeServer(server) }),
    ) as Server;
    server.maxConnections = mostConnections;
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
