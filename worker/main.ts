/**
 * Entry point of the worker: takes tokens, transcribes uploads and sends the answers. Any number
 * may run, on any machine.
 */

import { beginRole } from '../src/compose/begin-role.ts';
import { wireEngines } from '../src/compose/worker.ts';
import { runRole } from '../src/runtime/role.ts';
import { storeLogLines } from '../src/runtime/store-log-lines.ts';
import { startWorker } from './start-worker.ts';
import { withWeb } from './with-web.ts';

await runRole(async () => {
  const { config, log, lines } = await beginRole('worker');
  const worker = startWorker(config, wireEngines(config, log), log);
  const stopStoringLines = storeLogLines(lines, worker.shared.logLines, log);
  const role = await withWeb(config, worker, log);
  return {
    log,
    role: {
      ...role,
      async stop() {
        await stopStoringLines();
        await role.stop();
      },
    },
  };
});
