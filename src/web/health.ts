import { Hono } from 'hono';
import { waitAtMost } from '../lib/wait-at-most.ts';

/** Named dependencies of a process; a check rejects with one sentence while its dependency is missing. */
export type Checks = Readonly<Record<string, () => Promise<void>>>;

/** Timeout of a check, in ms. */
const maxCheckMs = 3_000;

/** Serves `/healthz` (this process is alive) and `/readyz` (all dependencies are available; one line for each). */
export function createHealthRoutes(checks: Checks): Hono {
  const routes = new Hono();
  routes.get('/healthz', (context) => context.text('ok\n'));
  routes.get('/readyz', async (context) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        const answer = check().then(
          () => null,
          (error: Error) => error.message,
        );
        const problem = await waitAtMost(maxCheckMs, answer);
        return { name, problem: problem === undefined ? 'no answer' : problem };
      }),
    );
    const lines = results.map(({ name, problem }) => `${name}: ${problem ?? 'ok'}\n`);
    return context.text(lines.join(''), results.every(({ problem }) => problem === null) ? 200 : 503);
  });
  return routes;
}
