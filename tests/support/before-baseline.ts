import { readFile } from 'node:fs/promises';
import type pg from 'pg';

const baseline = new URL('../../prisma/migrations/20261130000000_baseline/', import.meta.url);

/**
 * Makes a migrated database look as the last version before 0.1.0 left it: the same tables, the list of the migrations
 * that the baseline replaces, a routine that the baseline has no more, and none of the indexes that came with it.
 */
export async function becomeOlderThanBaseline(client: pg.Client): Promise<void> {
  const replaces = await readFile(new URL('replaces.json', baseline), 'utf8');
  await client.query(`
    DELETE FROM _prisma_migrations;
    DROP INDEX "bulk_change_endedAt_idx";
    CREATE FUNCTION delivery_add(p_id bigint, p_user bigint, p_payload jsonb) RETURNS text LANGUAGE sql AS $$
      SELECT delivery_add(p_id, p_user, 'album', p_payload) $$`);
  await client.query(
    `INSERT INTO _prisma_migrations (id, migration_name, checksum, finished_at, applied_steps_count)
     SELECT gen_random_uuid(), name, checksum, now(), 1 FROM jsonb_to_recordset($1) AS r(name text, checksum text)`,
    [replaces],
  );
}
