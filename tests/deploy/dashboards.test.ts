import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { createMetricsRoutes } from '../../src/web/metrics.ts';
import { quietReadings } from '../support/readings.ts';
import { until } from '../support/until.ts';

const read = (name: string) =>
  readFileSync(new URL(`../../docs/operations/${name}`, import.meta.url), 'utf8');

/** Readings that have a number for every gauge. */
const readings = quietReadings({
  updates: { pending: 1, stuckSeconds: null, lastError: { at: new Date(), message: 'Wrong response' } },
  backupSeconds: 60,
});

/**
 * Returns every time series that a process exposes, by name, after each countable event has happened once.
 */
async function exposed(): Promise<Set<string>> {
  const metrics = createMetrics(
    async () => [{ state: 'PENDING', kind: 'local', files: 1 }],
    async () => 1,
    async () => readings,
  );
  metrics.accepted('voice');
  metrics.started('local', 1);
  metrics.ended({ engine: 'local', state: 'FAILED', code: 'no_speech', runningSeconds: 1, audioSeconds: 0 });
  metrics.ended({ engine: 'local', state: 'COMPLETED', code: null, runningSeconds: 1, audioSeconds: 60 });
  metrics.attemptFailed('local', 'engine_failed');
  metrics.leaseLost();
  metrics.diskFree(2 ** 30);
  metrics.update('handled');
  metrics.telegramCall('getMe', 429, 0.1);
  const { text } = await metrics.expose();
  return new Set([...text.matchAll(/^([a-z]\w*)[{ ]/gm)].map(([, name]) => name ?? ''));
}

/** Returns the names of Dabir's own metrics and of Node's in a Prometheus expression. */
const namesIn = (text: string) =>
  new Set([...text.matchAll(/\b(?:dabir|nodejs|process)_[a-z0-9_]+/g)].map(([name]) => name));

describe('the operators’ dashboards and alerts', () => {
  test.each(['grafana.json', 'alerts.yml'])(
    'the operators’ dashboards and alerts use only metrics that exist: %s',
    async (file) => {
      const names = namesIn(read(file));
      const known = await exposed();
      expect(names.size).toBeGreaterThan(5);
      expect([...names].filter((name) => !known.has(name))).toEqual([]);
    },
  );

  test('the operators’ dashboards and alerts show every metric of Dabir', async () => {
    const drawn = namesIn(read('grafana.json'));
    const known = [...(await exposed())].filter((name) => name.startsWith('dabir_'));
    const shown = (name: string) => drawn.has(name) || drawn.has(name.replace(/_(sum|count)$/, '_bucket'));
    expect(known.filter((name) => !shown(name))).toEqual([]);
  });

  test('the operators’ dashboards and alerts have no two panels on the same place', () => {
    const { panels } = JSON.parse(read('grafana.json')) as {
      panels: { gridPos: { x: number; y: number } }[];
    };
    const places = panels.map(({ gridPos: { x, y } }) => `${x}:${y}`);
    expect(new Set(places).size).toBe(places.length);
  });
});

test('while the database is away, all other metrics are still exposed', async () => {
  const away = () => Promise.reject(new Error('away'));
  const metrics = createMetrics(away, away, away);
  metrics.update('later');
  const { text } = await metrics.expose();
  expect(text).toContain('dabir_database_answers 0');
  expect(text).toContain('dabir_updates_total{result="later"} 1');
  expect(text).not.toContain('dabir_queue_files{');
  expect(text).not.toMatch(/^dabir_(oldest|engine|telegram_pending|tokens)/m);
});

test('a stall of 300 ms between two scrapes is on /metrics, even after other requests in between', async () => {
  const metrics = createMetrics(
    async () => [],
    async () => 0,
    async () => quietReadings(),
  );
  const routes = createMetricsRoutes(metrics.expose, { token: 'secret', behindProxy: false });
  const longestStall = async () => {
    const answer = await routes.request('/metrics', { headers: { authorization: 'Bearer secret' } });
    const [, seconds] = /^dabir_event_loop_longest_stall_seconds (.*)$/m.exec(await answer.text()) ?? [];
    return Number(seconds);
  };
  // The first interval of Node's monitor is not measured.
  await until(async () => (await longestStall()) > 0);
  const until300Ms = performance.now() + 300;
  while (performance.now() < until300Ms);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await longestStall()).toBeGreaterThan(0.25);
  expect(await longestStall()).toBeGreaterThan(0.25);
});
