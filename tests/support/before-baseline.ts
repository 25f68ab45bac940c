import { readFile } from 'node:fs/promises';
import type pg from 'pg';

const baseline = new URL('../../prisma/migrations/20261130000000_baseline/', import.meta.url);

/**
 * Makes a migrated database look as the last version before 0.1.0 left it: the same tables, the list of the migrations
 * that the baseline replaces, tables, columns, routines and parameters under their earlier names, a routine that the
 * baseline has no more, and none of the indexes that came with it.
 */
export async function becomeOlderThanBaseline(client: pg.Client): Promise<void> {
  const replaces = await readFile(new URL('replaces.json', baseline), 'utf8');
  await client.query(`
    DELETE FROM _prisma_migrations;
    DROP INDEX "bulk_change_endedAt_idx";
    CREATE FUNCTION delivery_add(p_id bigint, p_user bigint, p_payload jsonb) RETURNS text LANGUAGE sql AS $$
      SELECT delivery_add(p_id, p_user, 'album', p_payload) $$;
    ALTER TABLE chunk RENAME COLUMN transcript TO heard;
    ALTER TABLE engine_test RENAME COLUMN text TO heard;
    ALTER TABLE glossary_entry RENAME COLUMN misspellings TO heard;
    ALTER TABLE export RENAME COLUMN archives TO parts;
    ALTER TABLE activity RENAME COLUMN "maxWaitSeconds" TO "longestWaitSeconds";
    DO $do$
    DECLARE
      routine record;
    BEGIN
      FOR routine IN SELECT oid::regprocedure AS signature, pg_get_functiondef(oid) AS text FROM pg_proc
                      WHERE proname = ANY ('{bundle_consider,chat_turn_take,depth_fold,glossary_forget,glossary_learn,lane_earlier}') LOOP
        EXECUTE 'DROP FUNCTION ' || routine.signature;
        EXECUTE regexp_replace(routine.text, '\\mp_(max|min|misspelling)', 'p_earlier_\\1', 'g');
      END LOOP;
    END $do$;
    ALTER TABLE chunk RENAME TO part;
    ALTER INDEX chunk_pkey RENAME TO part_pkey;
    ALTER INDEX chunk_created RENAME TO part_created;
    ALTER TABLE part RENAME CONSTRAINT "chunk_transcriptionId_fkey" TO "part_transcriptionId_fkey";
    ALTER TABLE erasure RENAME TO forgetting;
    ALTER INDEX erasure_pkey RENAME TO forgetting_pkey;
    ALTER INDEX erasure_due RENAME TO forgetting_due;
    ALTER INDEX erasure_asked RENAME TO forgetting_asked;
    ALTER FUNCTION erasure_given_up() RENAME TO forget_given_up;
    ALTER FUNCTION erase_account(bigint, integer) RENAME TO forget_account;
    ALTER FUNCTION erase_files(bigint, integer) RENAME TO forget_files;
    ALTER FUNCTION erasure_prune(integer) RENAME TO forgotten_prune;
    ALTER FUNCTION account_upsert(jsonb) RENAME TO account_meet;
    ALTER FUNCTION lane_force_release(bigint, double precision) RENAME TO lane_give_back`);
  await client.query(
    `INSERT INTO _prisma_migrations (id, migration_name, checksum, finished_at, applied_steps_count)
     SELECT gen_random_uuid(), name, checksum, now(), 1 FROM jsonb_to_recordset($1) AS r(name text, checksum text)`,
    [replaces],
  );
}
