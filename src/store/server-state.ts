import type pg from 'pg';

/** State of a PostgreSQL server, for the `doctor` command. */
export type ServerState = {
  readonly version: string;
  /** The major version, such as 17 for 17.2. */
  readonly majorVersion: number;
  /** Number of client connections to the whole server. */
  readonly connections: number;
  /** Number of connections that roles without superuser rights may open. */
  readonly maxConnections: number;
  /** The server's clock minus this machine's, in ms; the error is at most half of the query's round trip. */
  readonly clockAheadMs: number;
  /** When the last backup of this database ended; null when there is none. */
  readonly lastBackupAt: Date | null;
};

/** Reads the state of the server that a client is connected to. */
export async function readServerState(client: pg.Client): Promise<ServerState> {
  const askedAt = Date.now();
  const { rows: clock } = await client.query<{ now: string }>(
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::text AS now',
  );
  const here = (askedAt + Date.now()) / 2;
  const { rows } = await client.query<Omit<ServerState, 'clockAheadMs' | 'lastBackupAt'>>(`
    SELECT current_setting('server_version') AS version,
           current_setting('server_version_num')::int / 10000 AS "majorVersion",
           (SELECT count(*)::int FROM pg_stat_activity WHERE usesysid IS NOT NULL) AS connections,
           current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS "maxConnections"`);
  const [row] = rows;
  if (row === undefined) throw new Error('PostgreSQL returned no row');
  return { ...row, clockAheadMs: Number(clock[0]?.now) - here, lastBackupAt: await lastBackupAt(client) };
}

async function lastBackupAt(client: pg.Client): Promise<Date | null> {
  const { rows: tables } = await client.query<{ name: string | null }>(
    `SELECT to_regclass('public.backup')::text AS name`,
  );
  if (tables[0]?.name == null) return null;
  const { rows } = await client.query<{ endedAt: Date }>(
    'SELECT "endedAt" FROM backup ORDER BY id DESC LIMIT 1',
  );
  return rows[0]?.endedAt ?? null;
}
