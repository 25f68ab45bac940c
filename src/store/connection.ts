import pg from 'pg';

/** The database cannot be used: it does not answer, or refuses the user, the password or the name. */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable';
}

/** A server that does not answer for so long counts as absent, in milliseconds. */
const connectTimeoutMs = 10_000;

/**
 * Opens one connection for a command that an operator runs. It has no time limits on statements, and reads and writes
 * values in the same form on every server.
 * @param applicationName is seen in `pg_stat_activity`
 * @throws DatabaseUnreachable in one sentence; it names the variable and never the address, which holds the password
 */
export async function connect(databaseUrl: string, applicationName: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: applicationName,
    keepAlive: true,
  });
  // A query that is under way fails with the same error.
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

/** Closes a connection at once, also in the middle of a COPY that nobody reads any more. */
export function disconnect(client: pg.Client): void {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } };
  connection.stream.destroy();
}

/** The defaults of PostgreSQL where a role or a server may have others, and nothing that depends on the place. */
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
