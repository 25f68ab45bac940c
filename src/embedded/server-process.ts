import { spawn } from 'node:child_process';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresBinaries } from './binaries.ts';
import type { Launch } from './launch.ts';

/**
 * Starts the server on its files in `directory`; resolves when it accepts connections.
 * @throws Error in one sentence, with the end of the server's log, if it does not start
 */
export async function startServer(
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
  for (let waited = 0; waited < startTimeoutMs; waited += pollMs) {
    if (ended !== undefined) break;
    if (await isReady(directory)) return;
    await sleep(pollMs);
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
 * Maximum time for a start, in ms. Recovery after a power cut replays the log; a minute is ample for such a database.
 */
const startTimeoutMs = 60_000;
const pollMs = 15;

/** Returns true when the eighth line of the server's lock file says `ready` (PostgreSQL, `miscadmin.h`). */
export async function isReady(directory: string): Promise<boolean> {
  const lines = await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '');
  return lines.split('\n')[7]?.trim() === 'ready';
}

/** Stops the server that runs on the files in `directory`, if there is one. */
export async function stopServer(
  binaries: PostgresBinaries,
  launch: Launch,
  directory: string,
): Promise<void> {
  const running = await stat(join(directory, 'postmaster.pid')).catch(() => undefined);
  if (running === undefined) return;
  // pg_ctl fails on a stale lock file of a dead server; the next start removes it.
  await runProgram(binaries.pg_ctl, launch, [
    'stop',
    '-D',
    directory,
    '-m',
    'fast',
    '-w',
    '-t',
    '8',
    '-s',
  ]).catch(() => undefined);
}

/** Runs one of PostgreSQL's programs to its end. @throws Error with its error output */
export async function runProgram(program: string, launch: Launch, parameters: string[]): Promise<void> {
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
