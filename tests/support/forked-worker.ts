/**
 * A worker as in production, except for its engine, which asks the test (CONTROLLED_ENGINE_URL), and for shorter
 * waits.
 */
import { loadConfig, requireRole } from '../../src/runtime/config.ts';
import { loadEnvironment } from '../../src/runtime/environment.ts';
import { createLogger } from '../../src/runtime/log.ts';
import { runRole } from '../../src/runtime/role.ts';
import { startWorker } from '../../worker/start-worker.ts';
import { withWeb } from '../../worker/with-web.ts';
import { createRemoteEngine } from './remote-engine.ts';

await runRole(async () => {
  const env = loadEnvironment();
  const config = requireRole(loadConfig(env));
  const log = createLogger(config, 'worker');
  const engine = createRemoteEngine(env['CONTROLLED_ENGINE_URL'] ?? '');
  const worker = startWorker(config, [engine], log, {
    // On a busy machine a file may take long; its status message stays the same all the same.
    replacements: { firstBackoffMs: 200, outboxDelayMs: 500, attentionMs: 600_000 },
  });
  return { log, role: await withWeb(config, worker, log) };
});
