import pg from 'pg';

/** Thrown when the database cannot be used: it does not answer, or refuses the user, the password or the name. */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable';
}

/** Time to wait for the server to accept a connection, in ms. */
const connectTimeoutMs = 10_000;

/**
 * Opens one connection for a command that an operator runs. Statements have no time limit, and
 * values have the same text form on every server.
 * @param applicationName name shown in `pg_stat_activity`
 * @throws DatabaseUnreachable in one sentence; it names the variable, never the address, which
 * contains the password
 */
export async function connect(databaseUrl: string, applicationName: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: applicationName,
    keepAlive: true,
  });
  // A running query rejects with the same error.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(sessionSettings);
    return client;
  } catch (cause) {
    await client.end().catch(() => undefined);
    throw new DatabaseUnreachable(inWords(cause as NodeJS.ErrnoException), { cause });
  }
}

/** Closes a connection at once, even in the middle of a COPY whose stream is no longer read. */
export function disconnect(client: pg.Client): void {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } };
  connection.stream.destroy();
}

/** Sets PostgreSQL's defaults where a role or server may have others, and makes values independent of the locale. */
const sessionSettings = `
  SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET lock_timeout = '60s';
  SET datestyle = 'ISO, MDY'; SET intervalstyle = 'postgres'; SET timezone = 'UTC'; SET extra_float_digits = 3;
  SET bytea_output = 'hex'; SET client_encoding = 'UTF8'; SET search_path = public`;

function inWords({ message, code }: NodeJS.ErrnoException): string {
  const words = message || code || 'unknown';
  switch (code) {
    // invalid_authorization_specification, invalid_password
    case '28000':
    case '28P01':
      return `PostgreSQL refuses the user or the password in DATABASE_URL (${words}).`;
    // invalid_catalog_name
    case '3D000':
      return `PostgreSQL has no such database as DATABASE_URL names (${words}).`;
    default:
      return `PostgreSQL at DATABASE_URL does not answer (${words}).`;
  }
}
