import { timingSafeEqual } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import { isLoopback } from '../lib/loopback.ts';

export type Exposition = { readonly contentType: string; readonly text: string };

/**
 * Serves `/metrics` for Prometheus: with the token or, if none is set, only to this machine.
 * @param behindProxy true if requests from this machine may come through a proxy; they then need the token
 */
export function createMetricsRoutes(
  expose: () => Promise<Exposition>,
  { token, behindProxy }: { token: string | null; behindProxy: boolean },
): Hono {
  const routes = new Hono();
  routes.get('/metrics', async (context) => {
    const allowed =
      token === null
        ? !behindProxy && !isForwarded(context) && isLoopback(getConnInfo(context).remote.address ?? '')
        : isBearer(context, token);
    if (!allowed) return context.text('set METRICS_TOKEN and send it as a bearer token\n', 401);
    const { contentType, text } = await expose();
    return context.text(text, 200, { 'content-type': contentType });
  });
  return routes;
}

function isBearer(context: Context, token: string): boolean {
  const given = Buffer.from(context.req.header('authorization') ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Returns true for requests through a proxy: one on this machine makes all clients look local. */
function isForwarded(context: Context): boolean {
  const added = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];
  return added.some((name) => context.req.header(name) !== undefined);
}
