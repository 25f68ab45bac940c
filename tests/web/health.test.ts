import { expect, test } from 'vitest';
import { createHealthRoutes } from '../../src/web/health.ts';
import { createMetricsRoutes } from '../../src/web/metrics.ts';
import { servedHere } from '../support/web.ts';

test('a running process reports that it is alive, also when it is not ready', async () => {
  const origin = await servedHere(
    createHealthRoutes({ database: () => Promise.reject(new Error('does not answer')) }),
  );
  const response = await fetch(`${origin}/healthz`);
  expect([response.status, await response.text()]).toEqual([200, 'ok\n']);
});

test('a process is ready when it has all that it needs; otherwise it names what is missing', async () => {
  let database: () => Promise<void> = async () => undefined;
  const origin = await servedHere(
    createHealthRoutes({ database: () => database(), workers: async () => undefined }),
  );
  const ready = async () => {
    const response = await fetch(`${origin}/readyz`);
    return [response.status, await response.text()];
  };
  expect(await ready()).toEqual([200, 'database: ok\nworkers: ok\n']);
  database = () => Promise.reject(new Error('does not answer'));
  expect(await ready()).toEqual([503, 'database: does not answer\nworkers: ok\n']);
  database = () => new Promise(() => undefined);
  expect(await ready()).toEqual([503, 'database: no answer\nworkers: ok\n']);
});

const expose = async () => ({ contentType: 'text/plain; version=0.0.4', text: 'dabir_x 1\n' });
const statusOf = async (origin: string, headers: Record<string, string> = {}) =>
  (await fetch(`${origin}/metrics`, { headers })).status;

test('metrics are served to this machine only, and not where a proxy may forward the request', async () => {
  const open = await servedHere(createMetricsRoutes(expose, { token: null, behindProxy: false }));
  const response = await fetch(`${open}/metrics`);
  expect([response.status, await response.text()]).toEqual([200, 'dabir_x 1\n']);
  expect(await statusOf(open, { 'x-forwarded-for': '203.0.113.9' })).toBe(401);
  const proxied = await servedHere(createMetricsRoutes(expose, { token: null, behindProxy: true }));
  expect(await statusOf(proxied)).toBe(401);
});

test('metrics are served to a caller with the token', async () => {
  const origin = await servedHere(
    createMetricsRoutes(expose, { token: 'long-enough-to-be-one', behindProxy: true }),
  );
  expect(await statusOf(origin)).toBe(401);
  expect(await statusOf(origin, { authorization: 'Bearer long-enough-to-be-two' })).toBe(401);
  expect(await statusOf(origin, { authorization: 'Bearer long-enough-to-be-one' })).toBe(200);
});
