/**
 * Entry point of the worker: takes tokens, transcribes uploads and sends the answers. Any number
 * may run, on any machine.
 */

import { wireEngines } from '../src/compose/wiring.ts';
import { loadConfig, requireRole } from '../src/runtime/config.ts';
import { loadEnvironment } from '../src/runtime/environment.ts';
import { storeLogLines } from '../src/runtime/keep-lines.ts';
import { createLogger } from '../src/runtime/log.ts';
import { createRecentLines } from '../src/runtime/recent-lines.ts';
import { runRole } from '../src/runtime/role.ts';
import { misspelledVariables } from '../src/runtime/unknown-variables.ts';
import { migrate } from '../src/store/migrate.ts';
import { waitForDatabase } from '../src/store/wait-for-database.ts';
import { startWorker } from './start-worker.ts';
import { withWeb } from './with-web.ts';

await runRole(async () => {
  const env = loadEnvironment();
  const config = requireRole(loadConfig(env));
  const lines = createRecentLines();
  const log = createLogger(config, 'worker', lines.add);
  await waitForDatabase(config.DATABASE_URL, log);
  for (const problem of misspelledVariables(env)) log.warn(problem);
  await migrate(config.DATABASE_URL);
  const worker = startWorker(config, wireEngines(config, log), log);
  const stopKeeping = storeLogLines(lines, worker.shared.logLines, log);
  const role = await withWeb(config, worker, log);
  return {
    log,
    role: {
      ...role,
      async stop() {
        await stopKeeping();
        await role.stop();
      },
    },
  };
});
