/**
 * Command `npm start`: a whole Dabir on this machine, with embedded parts for everything that is
 * not configured.
 */

import { loadConfig } from './runtime/config.ts';
import { ConfigError } from './runtime/config-error.ts';
import { loadEnvironment } from './runtime/environment.ts';
import { misspelledVariables } from './runtime/unknown-variables.ts';
import { type Standalone, startDabir } from './standalone/dabir.ts';
import { renderSummary } from './standalone/summary.ts';

let dabir: Promise<Standalone> | undefined;
let stopPrinting = async () => {};
let stopping = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(signal));
// A closed terminal also closes the output, which must not interrupt the shutdown.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

/** Stops everything, even while it is still starting. */
async function stop(signal: string): Promise<void> {
  if (stopping) {
    // A second Ctrl+C ends at once. The roles stop when their channel to this process closes.
    if (signal === 'SIGINT') process.exit(130);
    return;
  }
  stopping = true;
  process.stdout.write('\n  Stopping; running files continue at the next start…\n');
  await stopPrinting();
  await dabir?.then((running) => running.stop()).catch(() => undefined);
  process.exit(0);
}

try {
  const env = loadEnvironment();
  const config = loadConfig(env);
  for (const problem of misspelledVariables(env)) process.stdout.write(`  ${problem}\n`);
  process.stdout.write('\n  Starting Dabir…\n');
  dabir = startDabir(config, env, {
    onDeath: (name, restartMs) =>
      process.stdout.write(
        `  The ${name} process ended unexpectedly; restarting in ${restartMs / 1000} s.\n`,
      ),
  });
  const { playgroundUrl, databaseUrl, logFile } = await dabir;
  if (!stopping) {
    process.stdout.write(
      renderSummary({
        playgroundUrl,
        database: config.DATABASE_URL === null ? 'embedded' : 'DATABASE_URL',
        tokens: config.REDIS_URL === null ? 'PostgreSQL' : 'Redis',
        dataDir: config.DATA_DIR,
        logFile,
        // Since the start of this process, with the time in which its modules were loaded.
        seconds: performance.now() / 1000,
      }),
    );
    const { printEngines } = await import('./standalone/engine-lines.ts');
    if (!stopping) stopPrinting = printEngines(databaseUrl, process.stdout, 0);
  }
} catch (error) {
  const { message } = error as Error;
  if (!stopping) {
    process.stderr.write(
      `\n${error instanceof ConfigError ? message : `Dabir could not start: ${message}`}\n\n`,
    );
    process.exit(1);
  }
}
