import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../app/ports/operations.ts';

/** Between two tries, in milliseconds. */
const pauseMs = 1_000;

/** One line in the log for so many tries in vain: the first, then about one in ten seconds. */
const triesPerLine = 10;

/** A server that says nothing for so long does not answer, in milliseconds. */
const answerMs = 5_000;

/** What says that the server cannot be reached now, and may be later: Node's names and PostgreSQL's SQLSTATEs. */
const passing: readonly string[] = [
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE'],
  // A name that is not known yet: containers come up in any order.
  ...['ENOTFOUND', 'EAI_AGAIN'],
  // Starting up or recovering, shutting down, crashed, no connection left for now.
  ...['57P03', '57P01', '57P02', '53300'],
];

/**
 * Resolves once PostgreSQL answers. A process that starts before its database waits, and says so: it then works without
 * anybody's help, also where no supervisor starts it again, or gives up after a few tries.
 * @throws Error in one sentence when waiting is of no use (a wrong password, no such database); it names the variable,
 * never the address, which holds the password
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
  // pg gives no code to these two.
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
