/** A worker: takes tokens, turns files into transcripts, sends the answers. Any number, on any machine. */
import { loadConfig, requireRole } from '../src/config.ts';
import { loadEnvironment } from '../src/environment.ts';
import { createLogger } from '../src/log.ts';
import { runRole } from '../src/role.ts';
import { migrate } from '../src/store/migrate.ts';
import { wireEngines, wireShared, wireWorker } from '../src/wiring.ts';
import { startProcessor } from './processor.ts';
import { startReporter } from './reporter.ts';
import { startSweeper } from './sweeper.ts';

await runRole(async () => {
  const config = requireRole(loadConfig(loadEnvironment()));
  const log = createLogger(config, 'worker');
  await migrate(config.DATABASE_URL);
  const shared = wireShared(config, log);
  const engines = wireEngines(config, log);
  const parts = wireWorker(config, shared, engines);
  for (const engine of engines) engine.prepare();
  const stopReporting = startReporter(shared, engines);
  const stopSweeping = startSweeper(parts.transcribe);
  const processor = startProcessor(
    shared.backend,
    { local: config.WORKER_LOCAL, remote: config.WORKER_REMOTE },
    engines,
    parts.transcribe,
  );
  log.info(
    { local: config.WORKER_LOCAL, remote: config.WORKER_REMOTE, tokens: shared.backend.name },
    'the worker waits',
  );
  return {
    log,
    role: {
      async stop() {
        // First no new files and the running ones given back, then what tells others that we are here.
        await processor.close();
        await Promise.all([stopSweeping(), stopReporting()]);
        await parts.close();
        await shared.close();
      },
    },
  };
});
