import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeWithRedis } from '../support/redis.ts';
import { runScript } from '../support/run-script.ts';
import { temporaryDataDir } from '../support/started-dabir.ts';

const turns = ['everybody starts while Redis is down', 'PostgreSQL restarts three times'];

/** Timeout in ms: processes are slower on a loaded machine. */
const timeout = 240_000;

describeWithRedis('an installation with a proxy, PostgreSQL and Redis', () => {
  test('a drill with starts without Redis or PostgreSQL and with restarts leaves nothing lost, doubled or deaf', {
    timeout,
  }, async () => {
    const folder = await temporaryDataDir();
    try {
      const { code, output } = await runScript('drill', [
        ...['--bots', '1', '--workers', '2', '--users', '8'],
        // Four times as fast as the long form, so that files wait in their lanes.
        ...['--pause', '3'],
        ...turns.flatMap((name) => ['--blow', name]),
        ...['--folder', join(folder.path, 'drill')],
      ]);
      expect(code, output).toBe(0);
      for (const name of turns) expect(output).toContain(`1 × ${name}`);
      const recordings = Number(/(\d+) recordings in/.exec(output)?.[1]);
      expect(recordings).toBeGreaterThan(8);
    } finally {
      await folder.remove();
    }
  });
});
