import { Hono } from 'hono';

/** Something that a process needs in order to do its work; rejects, with a sentence, while it is missing. */
export type Checks = Readonly<Record<string, () => Promise<void>>>;

/** A check that takes longer has failed, in milliseconds. */
const longestCheckMs = 3_000;

/** `/healthz`: this process lives. `/readyz`: and has all that it needs, or what is missing, a line for each. */
export function healthRoutes(checks: Checks): Hono {
  const routes = new Hono();
  routes.get('/healthz', (context) => context.text('ok\n'));
  routes.get('/readyz', async (context) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        const problem = await inTime(check()).then(
          () => null,
          (error: Error) => error.message,
        );
        return { name, problem };
      }),
    );
    const lines = results.map(({ name, problem }) => `${name}: ${problem ?? 'ok'}\n`);
    return context.text(lines.join(''), results.every(({ problem }) => problem === null) ? 200 : 503);
  });
  return routes;
}

async function inTime(check: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), longestCheckMs);
  });
  try {
    await Promise.race([check, late]);
  } finally {
    clearTimeout(timer);
  }
}
