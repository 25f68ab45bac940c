import { expect, test } from 'vitest';
import { describeWithRedis } from '../support/redis.ts';
import { temporaryDataDir } from '../support/started-dabir.ts';
import { runDrill } from './drill.ts';
import { isClean } from './report.ts';

/** The processes of a drill are slower on a machine that has other things to do. */
const timeout = 240_000;

describeWithRedis('an installation with a proxy, PostgreSQL and Redis', () => {
  test('starts without Redis, starts without PostgreSQL and restarts leave nothing lost, doubled or deaf', {
    timeout,
  }, async () => {
    const folder = await temporaryDataDir();
    try {
      const report = await runDrill({
        dataDir: folder.path,
        bots: 1,
        workers: 2,
        people: 8,
        pauseMs: 3_000,
        turns: ['everybody starts while Redis is down', 'PostgreSQL restarts three times'],
      });
      expect(report, JSON.stringify(report, null, 2)).toSatisfy(isClean);
      expect(report.notes).toBeGreaterThan(8);
    } finally {
      await folder.remove();
    }
  });
});
