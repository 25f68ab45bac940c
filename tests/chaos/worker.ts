/** A worker as in production, but for its engine. */
import { loadConfig, requireRole } from '../../src/config.ts';
import { loadEnvironment } from '../../src/environment.ts';
import { createLogger } from '../../src/log.ts';
import { runRole } from '../../src/role.ts';
import { startWorker } from '../../worker/start-worker.ts';
import { createMoodyEngine } from './engine.ts';

await runRole(async () => {
  const env = loadEnvironment();
  const config = requireRole(loadConfig(env));
  const log = createLogger(config, 'worker');
  return { log, role: startWorker(config, [createMoodyEngine(Number(env['MOODY_SLOW_MS'] ?? 0))], log) };
});
