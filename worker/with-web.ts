import type { Logger } from 'pino';
import type { RoleConfig } from '../src/runtime/config.ts';
import type { startWorker } from './start-worker.ts';

type Worker = ReturnType<typeof startWorker>;

/** Adds the web side with health and metrics to a worker when WORKER_WEB_PORT is set. It closes last. */
export async function withWeb(config: RoleConfig, worker: Worker, log: Logger): Promise<Worker> {
  const { WEB_HOST: host, WORKER_WEB_PORT: port } = config;
  if (port === null) return worker;
  const { createMonitoringRoutes } = await import('../src/compose/web.ts');
  const { startWeb } = await import('../src/web/server.ts');
  const web = await startWeb(
    { host, port, portName: 'WORKER_WEB_PORT' },
    createMonitoringRoutes(config, worker.shared, worker.checks),
    log,
  );
  log.info({ web: web.port }, 'health and metrics');
  return {
    ...worker,
    async stop() {
      await worker.stop();
      await web.close();
    },
  };
}
