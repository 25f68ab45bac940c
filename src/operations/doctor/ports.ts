import { createServer } from 'node:net';
import { findUserOfFolder } from '../../embedded/data-folder.ts';
import type { Config } from '../../runtime/config-schema.ts';
import { type Finding, ok, skipped, wrong } from './finding.ts';

const timeoutMs = 3_000;

/** Checks that each port is free or used by Dabir itself. */
export async function checkPorts(config: Config): Promise<Finding[]> {
  const { WEB_HOST, WEB_PORT, WORKER_WEB_PORT, PLAYGROUND_HOST, PLAYGROUND_PORT, BOT_TOKEN, DATA_DIR } =
    config;
  return Promise.all([
    portFinding('WEB_PORT', WEB_HOST, WEB_PORT, () => isDabirHealthy(WEB_HOST, WEB_PORT)),
    ...(WORKER_WEB_PORT === null
      ? []
      : [
          portFinding('WORKER_WEB_PORT', WEB_HOST, WORKER_WEB_PORT, () =>
            isDabirHealthy(WEB_HOST, WORKER_WEB_PORT),
          ),
        ]),
    ...(BOT_TOKEN === null
      ? [
          portFinding('PLAYGROUND_PORT', PLAYGROUND_HOST, PLAYGROUND_PORT, async () =>
            ((await findUserOfFolder(DATA_DIR)) ?? '').endsWith(`:${PLAYGROUND_PORT}`),
          ),
        ]
      : []),
  ]);
}

async function portFinding(
  name: string,
  host: string,
  port: number,
  isOurs: () => Promise<boolean>,
): Promise<Finding> {
  if (port === 0) return skipped(name, 'a free port is chosen at the start');
  const code = await whyNotFree(host, port);
  if (code === null) return ok(name, `${port} is free`);
  if (code === 'EADDRINUSE' && (await isOurs())) return ok(name, `Dabir answers on ${port}`);
  return code === 'EADDRINUSE'
    ? wrong(name, `another program listens on ${port}`, `end that program, or set ${name} to a free port`)
    : wrong(name, `cannot listen on ${host}, port ${port} (${code})`, 'correct the host or the port');
}

/** Returns null if the port is free, else the system's error code. */
async function whyNotFree(host: string, port: number): Promise<string | null> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}

/** Returns true if a Dabir's web server listens there. */
async function isDabirHealthy(host: string, port: number): Promise<boolean> {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  const address = reachable.includes(':') ? `[${reachable}]` : reachable;
  try {
    const response = await fetch(`http://${address}:${port}/healthz`, {
      signal: AbortSignal.timeout(timeoutMs),
    });
    return response.ok && (await response.text()).trim() === 'ok';
  } catch {
    return false;
  }
}
