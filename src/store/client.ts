import pg from 'pg';
import sql from 'sql-template-tag';
import { DatabaseAwayError } from '../app/ports/database.ts';
import { connectionFailure } from '../lib/connection-failure.ts';
import { type Statement, typeParsers } from './statement.ts';

/**
 * A pool of connections to PostgreSQL. A statement is a template whose values travel as parameters:
 * `` database.query`SELECT … WHERE id = ${id}` ``, a composed `Sql`, or a `prepared` one.
 *
 * Rows have the types of `typeParsers`: `bigint` is a BigInt, `timestamptz` a Date, `jsonb` a parsed value.
 *
 * Calls reject with a DatabaseAwayError when the connection failed, and with pg's errors otherwise.
 */
export type Database = {
  /** Returns the rows; their type is the caller's claim. */
  query<Rows extends readonly unknown[]>(
    statement: Statement | TemplateStringsArray,
    ...values: readonly unknown[]
  ): Promise<Rows>;
  /** Returns the number of rows that a statement wrote. */
  execute(statement: Statement | TemplateStringsArray, ...values: readonly unknown[]): Promise<number>;
  /** Waits for running statements and closes the connections. A second call waits for the first. */
  close(): Promise<void>;
};

/**
 * Number of connections that stay open, and the time after which others are closed that nobody used, in ms. On a
 * machine that is short of processor time, opening one can take longer than its timeout, so what was needed a moment
 * ago is kept; by default the pool closes connections after 10 s. An idle connection takes 2 MB on the server, and 18
 * MB with the pages that all of them share.
 */
const [minConnections, idleMs] = [2, 60_000];

/**
 * Default maximum number of connections. Statements take a millisecond, so a bot or worker needs few at once. Each new
 * connection plans all statements again, which takes about 60 ms of the server's processor time.
 */
const maxConnections = 6;

/**
 * Opens a pool of connections to a migrated database. Connects at the first statement.
 * @param poolSize maximum number of connections
 */
export function openDatabase(databaseUrl: string, poolSize = maxConnections): Database {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: poolSize,
    min: Math.min(minConnections, poolSize),
    idleTimeoutMillis: idleMs,
    // With the server down, a heartbeat must fail well before its lease ends.
    connectionTimeoutMillis: 3_000,
    // A response lost on the network must not hold a connection forever.
    query_timeout: 20_000,
    keepAlive: true,
    application_name: 'dabir',
    types: typeParsers,
  });
  // A connection that the server closes while it is idle is replaced at the next statement.
  pool.on('error', () => undefined);
  // The pool removes its own listener while a statement runs.
  pool.on('connect', (connection) => connection.on('error', () => undefined));

  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= pool.end();
    return closed;
  };
  return { ...statementsOn(pool), close };
}

/** Returns the calls that run statements on a pool, or on one connection. */
export function statementsOn(connections: Pick<pg.ClientBase, 'query'>): Omit<Database, 'close'> {
  async function run(statement: Statement | TemplateStringsArray, values: readonly unknown[]) {
    const {
      text,
      values: parameters,
      name,
    } = 'text' in statement ? statement : (sql(statement, ...values) as Statement);
    try {
      return await connections.query({ text, values: [...parameters], ...(name !== undefined && { name }) });
    } catch (error) {
      throw named(error);
    }
  }
  return {
    query: async <Rows extends readonly unknown[]>(
      statement: Statement | TemplateStringsArray,
      ...values: readonly unknown[]
    ) => (await run(statement, values)).rows as unknown as Rows,
    execute: async (statement, ...values) => (await run(statement, values)).rowCount ?? 0,
  };
}

/** Returns the same error, or a DatabaseAwayError when the connection failed. */
function named(error: unknown): unknown {
  const failure = connectionFailure(error);
  if (failure === null) return error;
  const lines = (error as Error).message.trim().split('\n');
  return new DatabaseAwayError(failure.isDown, `the database is away: ${lines.at(-1)?.trim()}`, error);
}
