/** A worker as in production, but for its engine. */
import { Redis } from 'ioredis';
import { loadConfig, requireRole } from '../../src/config.ts';
import { loadEnvironment } from '../../src/environment.ts';
import { createLogger } from '../../src/log.ts';
import { runRole } from '../../src/role.ts';
import { startWorker } from '../../worker/start-worker.ts';
import { createMoodyEngine } from './engine.ts';
import { seeded } from './random.ts';

/** The parent stops this process within so long, in milliseconds; it must not stop itself, after it has been woken. */
const stoppedWithinMs = 1_000;

let standsStill = false;
process.on('message', (message) => {
  if (message === 'stand still') standsStill = true;
});

/** The worst moment, between the work and the commit: says so, and does nothing, its timers included, until stopped. */
function standStillWhenAsked(): void {
  if (!standsStill) return;
  standsStill = false;
  process.send?.({ still: true });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, stoppedWithinMs);
}

await runRole(async () => {
  const env = loadEnvironment();
  // BullMQ remembers for ever that the first connection of a lazy client failed.
  if (env['CHAOS_BREAK'] === 'deaf')
    Object.assign(Reflect.get(Redis, 'defaultOptions') as object, { lazyConnect: true });
  const config = requireRole(loadConfig(env));
  const log = createLogger(config, 'worker');
  const moods = seeded(Number(env['MOODY_SEED'] ?? 0) + Number(env['CHAOS_START'] ?? 0));
  const engine = createMoodyEngine(Number(env['MOODY_SLOW_MS'] ?? 0), moods, standStillWhenAsked);
  return { log, role: startWorker(config, [engine], log) };
});
