import { expect, onTestFinished, test } from 'vitest';
import type { EngineReadiness } from '../../src/domain/engine.ts';
import { localProfile } from '../../src/engines/local/profile.ts';
import { printEngines } from '../../src/standalone/engine-lines.ts';
import { createEngineReports } from '../../src/store/engine-reports.ts';
import { freshDatabase } from '../support/databases.ts';
import { openTestDatabase } from '../support/test-database.ts';
import { until } from '../support/until.ts';

const installing: EngineReadiness = { state: 'preparing', stage: 'install', fraction: null };

test('npm start prints an engine’s state of this run, also when an earlier run reported another a moment ago', async () => {
  const fresh = await freshDatabase();
  const database = openTestDatabase(fresh.url);
  const worker = (name: string) => createEngineReports(database, name);
  await worker('of the earlier run').report([
    { profile: { ...localProfile, maxRealTimeFactor: 1 }, readiness: { state: 'ready' } },
  ]);
  await database.execute`UPDATE engine_report SET "reportedAt" = clock_timestamp() - interval '6 seconds'`;

  const written: string[] = [];
  const write = (text: string) => written.push(text) > 0;
  const startedAt = performance.now() - 5_000;
  const stop = printEngines(fresh.url, { isTTY: false, write }, startedAt, 0);
  onTestFinished(async () => {
    await stop();
    await database.close();
    await fresh.drop();
  });
  const profile = { ...localProfile, maxRealTimeFactor: 1 };
  await worker('ours').report([{ profile, readiness: installing }]);
  await until(() => written.length > 0);
  await worker('ours').report([{ profile, readiness: { state: 'ready' } }]);
  await until(() => written.length > 1);
  // A second worker that is not as far changes nothing; a line of another engine shows that it was read.
  await worker('another').report([{ profile, readiness: installing }]);
  await worker('another').report([{ profile: { ...profile, id: 'eboo' }, readiness: { state: 'ready' } }]);
  await until(() => written.length > 2);
  const missing = {
    state: 'unavailable',
    cause: 'venv_missing',
    reason: 'it needs venv: install it',
  } as const;
  await worker('another').report([{ profile: { ...profile, id: 'vira' }, readiness: missing }]);
  await until(() => written.length > 3);
  await stop();
  expect(written).toMatchObject([
    expect.stringContaining('LOCAL is being installed'),
    expect.stringContaining('LOCAL is ready'),
    expect.stringContaining('EBOO is ready'),
    expect.stringMatching(/VIRA .*is not available.*: it needs venv: install it\n$/),
  ]);
});
