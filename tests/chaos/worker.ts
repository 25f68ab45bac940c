/** A worker as in production, but for its engine. */
import { loadConfig, requireRole } from '../../src/config.ts';
import { loadEnvironment } from '../../src/environment.ts';
import { createLogger } from '../../src/log.ts';
import { runRole } from '../../src/role.ts';
import { startWorker } from '../../worker/start-worker.ts';
import { createMoodyEngine } from './engine.ts';

await runRole(async () => {
  const config = requireRole(loadConfig(loadEnvironment()));
  const log = createLogger(config, 'worker');
  return { log, role: startWorker(config, [createMoodyEngine()], log) };
});
