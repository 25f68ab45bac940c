/** A worker as in production, but for its engine. */
import { loadConfig, requireRole } from '../../src/config.ts';
import { loadEnvironment } from '../../src/environment.ts';
import { createLogger } from '../../src/log.ts';
import { runRole } from '../../src/role.ts';
import { startWorker } from '../../worker/start-worker.ts';
import { createMoodyEngine } from './engine.ts';
import { seeded } from './random.ts';

let standsStill = false;
process.on('message', (message) => {
  if (message === 'stand still') standsStill = true;
});

/** Stops this process in the worst moment, between its work and the commit, until its parent wakes it. */
function standStillWhenAsked(): void {
  if (!standsStill) return;
  standsStill = false;
  process.send?.({ still: true });
  process.kill(process.pid, 'SIGSTOP');
}

await runRole(async () => {
  const env = loadEnvironment();
  const config = requireRole(loadConfig(env));
  const log = createLogger(config, 'worker');
  const moods = seeded(Number(env['MOODY_SEED'] ?? 0) + Number(env['CHAOS_START'] ?? 0));
  const engine = createMoodyEngine(Number(env['MOODY_SLOW_MS'] ?? 0), moods, standStillWhenAsked);
  return { log, role: startWorker(config, [engine], log) };
});
