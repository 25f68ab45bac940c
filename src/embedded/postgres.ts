import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPostgresBinaries, type PostgresBinaries } from './binaries.ts';
import { freePort } from './free-port.ts';
import { chooseLaunch, type Launch } from './launch.ts';

/** A running embedded PostgreSQL server. */
export type EmbeddedPostgres = {
  /** Connection string with the password; loopback only. */
  readonly url: string;
  /** Stops the server; open transactions are rolled back. Resolves when it has ended. */
  stop(): Promise<void>;
};

/**
 * Settings for one small server: little memory, durable commits, UTF-8 with the same sort order on all systems.
 */
const serverSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '150',
  shared_buffers: '128MB',
  // All statements are short, so compiling their plans costs more than it saves.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/**
 * Starts the PostgreSQL of the installed npm package, with its files under `<dataDir>/postgres`, which it creates
 * the first time. First stops a server that an earlier, killed process left running, because only one may use the
 * files.
 * @param settings settings of the server in place of the usual ones, for tests
 * @throws Error in one sentence, with the end of the server's log, if it does not start
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<EmbeddedPostgres> {
  const binaries = await findPostgresBinaries();
  const launch = await chooseLaunch([dirname(binaries.postgres), dataDir]);
  const directory = join(dataDir, 'postgres');
  const password = await initialise(binaries, launch, dataDir, directory);
  await stopServer(binaries, launch, directory);
  const port = await freePort();
  await startServer(binaries, launch, {
    ...{ dataDir, directory, port },
    settings: { ...serverSettings, ...settings },
  });
  return {
    url: urlOf(password, port),
    stop: () => stopServer(binaries, launch, directory),
  };
}

/** Returns true if a data folder has an embedded database, running or not. */
export async function hasEmbeddedPostgres(dataDir: string): Promise<boolean> {
  return stat(join(dataDir, 'postgres', 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

/**
 * Finds the embedded database that another process runs in a data folder.
 * @returns its connection string with the password; undefined if it accepts no connections
 */
export async function findRunningPostgres(dataDir: string): Promise<string | undefined> {
  const directory = join(dataDir, 'postgres');
  if (!(await isReady(directory))) return undefined;
  const password = (await readFile(join(dataDir, passwordFileName), 'utf8')).trim();
  // The fourth line of the lock file is the port (PostgreSQL, `miscadmin.h`).
  const port = Number((await readFile(join(directory, 'postmaster.pid'), 'utf8')).split('\n')[3]);
  return urlOf(password, port);
}

function urlOf(password: string, port: number): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
}

/** Name of a file in the data folder; only its owner may read it. */
const passwordFileName = 'postgres-password';

async function initialise(
  binaries: PostgresBinaries,
  launch: Launch,
  dataDir: string,
  directory: string,
): Promise<string> {
  const passwordFile = join(dataDir, passwordFileName);
  if (await hasEmbeddedPostgres(dataDir)) return (await readFile(passwordFile, 'utf8')).trim();

  // The files of an interrupted first start are not a complete database.
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  const filesOfServer = join(dataDir, 'postgres-initial-password');
  await writeFile(filesOfServer, `${password}\n`, { mode: 0o600 });
  await launch.own(directory);
  await launch.own(filesOfServer);
  try {
    await run(binaries.initdb, launch, [
      `--pgdata=${directory}`,
      '--username=postgres',
      `--pwfile=${filesOfServer}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ]);
  } catch (cause) {
    await rm(directory, { recursive: true, force: true });
    throw new Error(
      `PostgreSQL could not create its files in ${directory}: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  } finally {
    await rm(filesOfServer, { force: true });
  }
  return password;
}

async function startServer(
  binaries: PostgresBinaries,
  launch: Launch,
  {
    dataDir,
    directory,
    port,
    settings,
  }: { dataDir: string; directory: string; port: number; settings: Readonly<Record<string, string>> },
): Promise<void> {
  // The log holds failed statements with their values, so only its owner may read it.
  const log = await open(join(dataDir, 'postgres.log'), 'a', 0o600);
  await log.chmod(0o600);
  if ((await log.stat()).size > maxLogBytes) await log.truncate();
  const from = (await log.stat()).size;
  const set = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { program, parameters, options } = launch.command(binaries.postgres, [
    '-D',
    directory,
    '-p',
    String(port),
    ...set,
  ]);
  const server = spawn(program, parameters, {
    ...options,
    // A process group of its own: Dabir handles Ctrl+C in the terminal, and the server must outlive the workers.
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  server.unref();
  let ended: string | undefined;
  server.once('error', (error) => {
    ended = error.message;
  });
  server.once('exit', (code, signal) => {
    ended ??= `it ended with ${signal ?? `exit code ${code}`}`;
  });
  await log.close();
  for (let waited = 0; waited < startTimeoutMs; waited += pollIntervalMs) {
    if (ended !== undefined) break;
    if (await isReady(directory)) return;
    await sleep(pollIntervalMs);
  }
  const words = (await readFile(join(dataDir, 'postgres.log'), 'utf8'))
    .slice(from)
    .trim()
    .split('\n')
    .slice(-5);
  throw new Error(`PostgreSQL did not start (${ended ?? 'it was not ready in time'}): ${words.join(' / ')}`);
}

/** A server log larger than this is truncated at a start, in bytes. */
const maxLogBytes = 20_000_000;

/**
 * Maximum time for a start, in ms. Recovery after a power cut replays the log; a minute is ample for such a
 * database.
 */
const startTimeoutMs = 60_000;
const pollIntervalMs = 15;

/** Returns true when the eighth line of the server's lock file says `ready` (PostgreSQL, `miscadmin.h`). */
async function isReady(directory: string): Promise<boolean> {
  const lines = await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '');
  return lines.split('\n')[7]?.trim() === 'ready';
}

async function stopServer(binaries: PostgresBinaries, launch: Launch, directory: string): Promise<void> {
  const running = await stat(join(directory, 'postmaster.pid')).catch(() => undefined);
  if (running === undefined) return;
  // pg_ctl fails on a stale lock file of a dead server; the next start removes it.
  await run(binaries.pg_ctl, launch, ['stop', '-D', directory, '-m', 'fast', '-w', '-t', '8', '-s']).catch(
    () => undefined,
  );
}

async function run(program: string, launch: Launch, parameters: string[]): Promise<void> {
  const command = launch.command(program, parameters);
  const child = spawn(command.program, command.parameters, {
    ...command.options,
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
  });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    words = (words + chunk).slice(-2000);
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(words.trim() || `exit code ${code}`)),
    );
  });
}
