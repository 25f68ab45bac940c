/** A worker as in production, except for its engine. */
import { Redis } from 'ioredis';
import { loadConfig, requireRole } from '../../src/runtime/config.ts';
import { loadEnvironment } from '../../src/runtime/environment.ts';
import { createLogger } from '../../src/runtime/log.ts';
import { runRole } from '../../src/runtime/role.ts';
import { startWorker } from '../../worker/start-worker.ts';
import { createUnreliableEngine } from './engine.ts';
import { seeded } from './random.ts';

/**
 * Time within which the parent pauses this process, in ms; the process must not pause itself after it was
 * resumed.
 */
const stoppedWithinMs = 1_000;

let standsStill = false;
process.on('message', (message) => {
  if (message === 'stand still') standsStill = true;
});

/**
 * Reports the worst moment, between the work and the commit, and blocks the process, timers included, until
 * it is paused.
 */
function standStillWhenAsked(): void {
  if (!standsStill) return;
  standsStill = false;
  process.send?.({ still: true });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, stoppedWithinMs);
}

await runRole(async () => {
  const env = loadEnvironment();
  // BullMQ never forgets that the first connection of a lazy client failed.
  if (env['CHAOS_BREAK'] === 'deaf')
    Object.assign(Reflect.get(Redis, 'defaultOptions') as object, { lazyConnect: true });
  const config = requireRole(loadConfig(env));
  const log = createLogger(config, 'worker');
  const random = seeded(Number(env['CHAOS_ENGINE_SEED'] ?? 0) + Number(env['CHAOS_START'] ?? 0));
  const engine = createUnreliableEngine(
    Number(env['CHAOS_ENGINE_SLOW_MS'] ?? 0),
    random,
    standStillWhenAsked,
  );
  return { log, role: startWorker(config, [engine], log) };
});
