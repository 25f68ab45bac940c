/** A worker as in production, but for its engine. */
import { loadConfig, requireRole } from '../../src/config.ts';
import { loadEnvironment } from '../../src/environment.ts';
import { createLogger } from '../../src/log.ts';
import { runRole } from '../../src/role.ts';
import { startWorker } from '../../worker/start-worker.ts';
import { createMoodyEngine } from './engine.ts';
import { seeded } from './random.ts';

await runRole(async () => {
  const env = loadEnvironment();
  const config = requireRole(loadConfig(env));
  const log = createLogger(config, 'worker');
  const moods = seeded(Number(env['MOODY_SEED'] ?? 0) + Number(env['CHAOS_START'] ?? 0));
  return {
    log,
    role: startWorker(config, [createMoodyEngine(Number(env['MOODY_SLOW_MS'] ?? 0), moods)], log),
  };
});
