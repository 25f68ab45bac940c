import { expect, test } from 'vitest';
import { runRestarts } from './run.ts';

/** `npm run chaos -- --restarts 100` is the long form. */
test('three restarts of PostgreSQL double no message, repeat no engine call and kill no process', {
  timeout: 240_000,
}, async () => {
  const report = await runRestarts({
    restarts: 3,
    seed: 1405,
    bots: 1,
    workers: 2,
    users: 4,
    pauseMs: 2_500,
    awayMs: 500,
  });
  expect(report).toMatchObject({
    restarts: { fast: 2, immediate: 1 },
    doubled: { texts: 0, documents: 0, statuses: 0 },
    repeatedEngineCalls: 0,
    unanswered: 0,
    failed: 0,
    deaths: 0,
  });
  expect(report.engineCalls).toBe(report.notes);
  expect(report.notes).toBeGreaterThan(0);
});
