import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../app/ports/log.ts';

/** Pause between two attempts, in ms. */
const pauseMs = 1_000;

/** Number of failed attempts for each log line: the first attempt, then one in about ten seconds. */
const triesPerLine = 10;

/** Time to wait for the server to accept a connection, in ms. */
const answerMs = 5_000;

/**
 * Codes that mean that the server cannot be reached now but may be later: Node's error codes and
 * PostgreSQL's SQLSTATEs.
 */
const passing: readonly string[] = [
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE'],
  // The host name is not known yet: containers start in any order.
  ...['ENOTFOUND', 'EAI_AGAIN'],
  // The server starts or recovers, shuts down, has crashed, or has no free connection.
  ...['57P03', '57P01', '57P02', '53300'],
];

/**
 * Resolves once PostgreSQL answers. A process that starts before its database waits and logs it. It
 * then needs no supervisor that restarts it, and outlasts one that gives up after a few attempts.
 * @throws Error in one sentence when waiting cannot help (wrong password, no such database); it
 * names the variable, never the address, which contains the password
 */
export async function waitForDatabase(databaseUrl: string, log: Log): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const problem = await connectOnce(databaseUrl).then(
      () => null,
      (error: NodeJS.ErrnoException) => error,
    );
    if (problem === null) {
      if (tries > 0) log.info({ tries }, 'PostgreSQL answers');
      return;
    }
    const cause = problem.message || problem.code;
    if (!isPassing(problem)) {
      throw new Error(`PostgreSQL at DATABASE_URL lets nobody in (${cause}).`, { cause: problem });
    }
    if (tries % triesPerLine === 0) log.warn({ cause }, 'waiting for PostgreSQL at DATABASE_URL');
    await sleep(pauseMs);
  }
}

function isPassing({ code, message }: NodeJS.ErrnoException): boolean {
  // pg gives no code to these two errors.
  return code === undefined ? /timeout expired|Connection terminated/.test(message) : passing.includes(code);
}

async function connectOnce(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: answerMs });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } finally {
    await client.end().catch(() => undefined);
  }
}
