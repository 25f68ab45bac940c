import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { findPostgresBinaries, type PostgresBinaries } from './binaries.ts';
import { findFreePort } from './free-port.ts';
import { chooseLaunch, type Launch } from './launch.ts';
import { isReady, runProgram, startServer, stopServer } from './server-process.ts';

/** A running embedded PostgreSQL server. */
export type EmbeddedPostgres = {
  /** Connection string with the password; loopback only. */
  readonly url: string;
  /**
   * The same through a socket file, which takes 5 % less processor time for a file than loopback (docs/costs.md). `url`
   * where there is none: on Windows, and when the path of the data folder is too long.
   */
  readonly socketUrl: string;
  /** Stops the server; open transactions are rolled back. Resolves when it has ended. */
  stop(): Promise<void>;
};

/**
 * Maximum length of the socket's folder, in bytes. Unix allows 104 to 108 for the whole path (unix(4), unix(7)), and
 * the name of the socket is `/.s.PGSQL.65535`.
 */
const maxSocketFolderBytes = 85;

/** Memory of this machine, or of the container; its limit is 0 or larger than the machine where there is none. */
const memoryMb = Math.min(totalmem(), process.constrainedMemory() || totalmem()) / 2 ** 20;

/** An eighth of a small machine's memory, and never more than a small database needs. */
const sharedBuffersMb = Math.min(128, Math.max(32, Math.floor(memoryMb / 8)));

/** Settings for one small server: little memory, durable commits, UTF-8 with the same sort order on all systems. */
const serverSettings = {
  listen_addresses: '127.0.0.1',
  max_connections: '150',
  shared_buffers: `${sharedBuffersMb}MB`,
  // Four processes fewer, which such a database never needs.
  io_method: 'sync',
  max_logical_replication_workers: '0',
  // All statements are short, so compiling their plans costs more than it saves.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/**
 * Starts the PostgreSQL of the installed npm package, with its files under `<dataDir>/postgres`, which it creates the
 * first time. First stops a server that an earlier, killed process left running, because only one may use the files.
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
  await removeSockets(directory);
  const port = await findFreePort();
  const hasSocket = process.platform !== 'win32' && Buffer.byteLength(directory) <= maxSocketFolderBytes;
  await startServer(binaries, launch, {
    ...{ dataDir, directory, port },
    settings: { ...serverSettings, unix_socket_directories: hasSocket ? directory : '', ...settings },
  });
  return {
    url: urlOf(password, port),
    socketUrl: hasSocket
      ? `${urlOf(password, port)}?host=${encodeURIComponent(directory)}`
      : urlOf(password, port),
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

/** Removes the socket files of a server that was killed; the next one listens on another port, and so leaves them. */
async function removeSockets(directory: string): Promise<void> {
  const names = (await readdir(directory)).filter((name) => name.startsWith('.s.PGSQL.'));
  await Promise.all(names.map((name) => rm(join(directory, name), { force: true })));
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
  const initialPasswordFile = join(dataDir, 'postgres-initial-password');
  await writeFile(initialPasswordFile, `${password}\n`, { mode: 0o600 });
  await launch.own(directory);
  await launch.own(initialPasswordFile);
  try {
    await runProgram(binaries.initdb, launch, [
      `--pgdata=${directory}`,
      '--username=postgres',
      `--pwfile=${initialPasswordFile}`,
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
    await rm(initialPasswordFile, { force: true });
  }
  return password;
}
