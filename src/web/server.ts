import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { logError } from '../app/log-error.ts';
import type { Log } from '../app/ports/log.ts';

export type Web = { readonly port: number; close(): Promise<void> };

/** Maximum time for a request's headers and for the whole request, in ms; slower connections are closed. */
const headersMs = 10_000;
const requestMs = 30_000;

/** Interval in which these limits are checked, in ms. */
const connectionCheckIntervalMs = 1_000;

/**
 * Idle time of a connection, in ms; longer than that of common proxies, so that no request meets a closed connection.
 */
const keepAliveMs = 65_000;

/** Maximum connections; more are refused before they cost memory. */
const maxConnections = 2_000;

/** For text responses; routes with pages set their own policy. */
const contentSecurityPolicy = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/**
 * Serves everything of Dabir that is not a chat: health, metrics and Telegram's webhook, each as a set of routes.
 * @param pages routes that set their own headers
 * @throws Error in one sentence if the port is in use
 */
export async function startWeb(
  { host, port, portName }: { host: string; port: number; portName: string },
  routes: readonly Hono[],
  log?: Log,
  pages: readonly Hono[] = [],
): Promise<Web> {
  const app = new Hono();
  for (const page of pages) app.route('/', page);
  // HSTS is the proxy's decision: on loopback it would block other programs on the same host name.
  app.use(
    secureHeaders({
      contentSecurityPolicy,
      referrerPolicy: 'no-referrer',
      strictTransportSecurity: false,
    }),
  );
  for (const route of routes) app.route('/', route);
  app.notFound((context) => context.text('not found\n', 404));
  app.onError((error, context) => {
    if (error instanceof HTTPException) return error.getResponse();
    if (log) logError(log, 'error', { method: context.req.method }, error, 'a request failed');
    return context.text('internal error\n', 500);
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
          connectionsCheckingInterval: connectionCheckIntervalMs,
          keepAliveTimeout: keepAliveMs,
          maxHeaderSize: 16_384,
          insecureHTTPParser: false,
        },
      },
      ({ port }) => resolve({ port, close: () => closeServer(server) }),
    ) as Server;
    server.maxConnections = maxConnections;
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${port} on ${host} is in use; set ${portName} to a free one (0 picks one).`)
          : error,
      );
    });
  });
}

/** Time for requests in progress at shutdown, in ms. */
const closingMs = 2_000;

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cutOff = setTimeout(() => server.closeAllConnections(), closingMs);
  await closed;
  clearTimeout(cutOff);
}
