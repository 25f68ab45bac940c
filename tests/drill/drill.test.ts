import { expect, test } from 'vitest';
import { describeWithRedis } from '../support/redis.ts';
import { temporaryDataDir } from '../support/started-dabir.ts';
import { runDrill } from './drill.ts';
import { isClean } from './report.ts';

/** Timeout in ms: processes are slower on a loaded machine. */
const timeout = 240_000;

describeWithRedis('an installation with a proxy, PostgreSQL and Redis', () => {
  test('a drill with starts without Redis or PostgreSQL and with restarts leaves nothing lost, doubled or deaf', {
    timeout,
  }, async () => {
    const folder = await temporaryDataDir();
    try {
      const report = await runDrill({
        dataDir: folder.path,
        bots: 1,
        workers: 2,
        users: 8,
        // Four times the pace of the long form, so that files wait in their lanes.
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
