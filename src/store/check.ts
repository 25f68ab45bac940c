import pg from 'pg';

/**
 * Checks that the database answers.
 * @throws Error in one sentence; it names the variable, never the address, which contains the
 * password
 */
export async function checkDatabase(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
  } catch (cause) {
    const { message, code } = cause as NodeJS.ErrnoException;
    throw new Error(`PostgreSQL at DATABASE_URL does not answer (${message || code}).`, { cause });
  } finally {
    await client.end().catch(() => undefined);
  }
}
