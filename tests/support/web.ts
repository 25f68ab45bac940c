import type { Hono } from 'hono';
import { onTestFinished } from 'vitest';
import { startWeb } from '../../src/web/server.ts';

/** Serves these routes on loopback until the test ends; resolves to their URL. */
export async function servedHere(...parts: Hono[]): Promise<string> {
  const web = await startWeb({ host: '127.0.0.1', port: 0, portName: 'WEB_PORT' }, parts);
  onTestFinished(() => web.close());
  return `http://127.0.0.1:${web.port}`;
}
