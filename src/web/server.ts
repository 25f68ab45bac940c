import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

export type WebDependencies = {
  /** Rejects while the database does not answer. */
  databaseAnswers(): Promise<void>;
};

export type Web = { readonly port: number; close(): Promise<void> };

/**
 * The web side for operators: `/healthz` (this process lives) and `/readyz` (it can do its work).
 * @throws Error in one sentence when the port is taken
 */
export async function startWeb(
  { host, port }: { host: string; port: number },
  { databaseAnswers }: WebDependencies,
): Promise<Web> {
  const app = new Hono();
  app.use(secureHeaders());
  app.get('/healthz', (context) => context.text('ok\n'));
  app.get('/readyz', async (context) => {
    try {
      await databaseAnswers();
      return context.text('ready\n');
    } catch {
      return context.text('the database does not answer\n', 503);
    }
  });
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, ({ port }) =>
      resolve({ port, close: () => closeServer(server) }),
    ) as Server;
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${port} on ${host} is in use; set WEB_PORT to a free one (0 picks one).`)
          : error,
      );
    });
  });
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
