import type pg from 'pg';

/**
 * SQL that lists the objects of the schema `public` that belong to no extension: tables, views,
 * sequences, functions and types.
 */
const ownObjects = `
  SELECT 'TABLE' AS kind, format('%I', relname) AS name FROM pg_class c
   WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'f') AND ${notOfExtension('pg_class')}
  UNION ALL SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'SEQUENCE' END, format('%I', relname)
    FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm', 'S') AND ${notOfExtension('pg_class')}
  UNION ALL SELECT 'ROUTINE', format('%I(%s)', proname, pg_get_function_identity_arguments(c.oid)) FROM pg_proc c
   WHERE pronamespace = 'public'::regnamespace AND ${notOfExtension('pg_proc')}
  UNION ALL SELECT 'TYPE', format('%I', typname) FROM pg_type c
   WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd') AND ${notOfExtension('pg_type')}`;

function notOfExtension(catalog: string): string {
  return `NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '${catalog}'::regclass AND d.objid = c.oid AND d.deptype = 'e')`;
}

/** Returns true when the schema `public` of the database is empty. */
export async function isEmpty(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int FROM (${ownObjects}) AS own`);
  return rows[0]?.count === 0;
}

/** Counts the other client connections to this database. */
export async function countOtherConnections(client: pg.Client): Promise<number> {
  // Background workers of the server have no user; a role that is not a superuser sees only that
  // about them.
  const { rows } = await client.query<{ count: number }>(`
    SELECT count(*)::int FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL
       AND COALESCE(backend_type, 'client backend') = 'client backend'`);
  return rows[0]?.count ?? 0;
}

/**
 * Drops everything that Dabir and BullMQ made in the database, in one transaction. Keeps the schema
 * itself, which may belong to another role.
 */
export async function clearDatabase(client: pg.Client): Promise<void> {
  await client.query(`
    DO $$ DECLARE own record; BEGIN
      DROP SCHEMA IF EXISTS bullmq CASCADE;
      FOR own IN ${ownObjects} LOOP
        EXECUTE format('DROP %s IF EXISTS public.%s CASCADE', own.kind, own.name);
      END LOOP;
    END $$`);
}
