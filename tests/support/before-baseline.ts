import { readFile } from 'node:fs/promises';
import type pg from 'pg';

const baseline = new URL('../../prisma/migrations/20261130000000_baseline/', import.meta.url);

/** Triggers that the baseline has no more, without their work, and routines with other parameters. */
const earlierTriggers = `
    DO $do$
    DECLARE
      earlier record;
    BEGIN
      FOR earlier IN SELECT * FROM (VALUES
          ('forget_given_up', 'transcription_given_up', 'BEFORE UPDATE OF "deliverAfter"'),
          ('keep_ended_file', 'transcription_kept_for', 'BEFORE UPDATE OF state'),
          ('record_since', 'transcription_since', 'BEFORE INSERT OR UPDATE OF state, "deliverAfter"'),
          ('record_depth', 'transcription_depth', 'AFTER INSERT OR DELETE OR UPDATE OF state, engine'),
          ('forget_losses', 'transcription_reopened', 'AFTER UPDATE OF state'),
          ('bundle_progress', 'transcription_bundle_ended', 'AFTER UPDATE OF state'),
          ('record_state_change', 'transcription_state_change', 'AFTER INSERT OR DELETE OR UPDATE OF state')
        ) AS triggers(routine, name, moment) LOOP
        EXECUTE format('CREATE OR REPLACE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$', earlier.routine);
        EXECUTE format('CREATE TRIGGER %I %s ON transcription FOR EACH ROW EXECUTE FUNCTION %I()', earlier.name, earlier.moment, earlier.routine);
      END LOOP;
    END $do$;
    CREATE TRIGGER transcription_bundle_deleted AFTER DELETE ON transcription FOR EACH ROW EXECUTE FUNCTION bundle_progress();
    CREATE TRIGGER delivery_remembered AFTER INSERT OR UPDATE OF "sentMessageIds" ON delivery FOR EACH ROW EXECUTE FUNCTION remember_delivery();
    CREATE FUNCTION lane_choose(p_id bigint, p_user bigint, p_engine text, p_dispatch_ms double precision) RETURNS jsonb
      LANGUAGE sql RETURN NULL::jsonb;
    CREATE FUNCTION lane_earlier(p_id bigint, p_user bigint, p_engine text, p_longest float8) RETURNS jsonb
      LANGUAGE sql RETURN NULL::jsonb;
    CREATE FUNCTION lane_requeue(p_id bigint, p_fence int, p_error text, p_details jsonb, p_backoff_ms double precision,
      p_counts boolean, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE sql RETURN NULL::jsonb`;

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
    CREATE INDEX transcription_queued ON transcription (engine, id) WHERE state = 'QUEUED';
    CREATE INDEX transcription_running ON transcription (id) WHERE state = 'PROCESSING';
    ALTER TABLE lane RESET (fillfactor);
    ALTER TABLE delivery RESET (fillfactor);
    DROP TRIGGER transcript_owned ON transcript;
    DROP TRIGGER transcript_searched ON transcript;
    CREATE OR REPLACE FUNCTION search_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
    CREATE TRIGGER transcript_searched AFTER INSERT OR UPDATE OF text ON transcript FOR EACH ROW EXECUTE FUNCTION search_follow();
    DROP FUNCTION search_index(bigint, integer);
    ALTER TABLE transcript DROP COLUMN "userId", DROP COLUMN "isSearchable";
    DROP TRIGGER transcription_state_change ON transcription;
    DROP FUNCTION apply_state_change();
    DROP TRIGGER delivery_remembered ON delivery;
    DROP TRIGGER delivery_remembered_new ON delivery;
    DROP FUNCTION derive_columns() CASCADE;
    DROP FUNCTION deliveries_sent(bigint, jsonb, boolean);
    DROP FUNCTION usage_record(bigint, bigint, bigint, jsonb);
    DROP FUNCTION lane_choose(bigint, bigint, text, double precision, double precision);
    DROP FUNCTION lane_enter(bigint, bigint, integer, transcription_state, text, double precision, boolean);
    DROP FUNCTION lane_earlier(bigint, text, text, text, integer, text[], double precision);
    DROP FUNCTION lane_requeue(bigint, integer, text, jsonb, double precision, boolean, double precision, jsonb);
    ${earlierTriggers};
    CREATE FUNCTION delivery_add(p_id bigint, p_user bigint, p_payload jsonb) RETURNS text LANGUAGE sql AS $$
      SELECT delivery_add(p_id, p_user, 'album', p_payload) $$;
    ALTER TABLE chunk RENAME COLUMN transcript TO heard;
    ALTER TABLE engine_test RENAME COLUMN text TO heard;
    ALTER TABLE glossary_entry RENAME COLUMN misspellings TO heard;
    ALTER TABLE export RENAME COLUMN archives TO parts;
    ALTER TABLE activity RENAME COLUMN "maxWaitSeconds" TO "longestWaitSeconds";
    ALTER TABLE usage RENAME COLUMN "sentSeconds" TO "listenedSeconds";
    ALTER TABLE usage RENAME COLUMN "transcribeMs" TO "listenMs";
    DO $do$
    DECLARE
      routine record;
    BEGIN
      FOR routine IN SELECT oid::regprocedure AS signature, pg_get_functiondef(oid) AS text FROM pg_proc
                      WHERE proname = ANY ('{chat_turn_take,depth_fold,glossary_forget,glossary_learn}') LOOP
        EXECUTE 'DROP FUNCTION ' || routine.signature;
        EXECUTE regexp_replace(routine.text, '\\mp_(max|min|misspelling)', 'p_earlier_\\1', 'g');
      END LOOP;
    END $do$;
    -- After the routines that read it are created anew.
    ALTER TABLE transcription DROP COLUMN speakers, DROP COLUMN "pickerUntil", DROP COLUMN purpose;
    ALTER TABLE setting DROP COLUMN "remembersVoices";
    DROP TABLE voiceprint, model_wish;
    DROP FUNCTION speakers_change(bigint, bigint, int, jsonb), voiceprint_remember(bigint, text, real[], int), voiceprint_switch(bigint, boolean);
    DROP FUNCTION secretary_submit(jsonb, jsonb, text, double precision);
    DROP FUNCTION secretary_prune(int, double precision);
    DROP TABLE secretary_draft, secretary_note, secretary_peer, secretary_connection;
    ALTER TABLE chunk RENAME TO part;
    ALTER INDEX chunk_pkey RENAME TO part_pkey;
    ALTER INDEX chunk_created RENAME TO part_created;
    ALTER TABLE part RENAME CONSTRAINT "chunk_transcriptionId_fkey" TO "part_transcriptionId_fkey";
    ALTER TABLE erasure RENAME TO forgetting;
    ALTER INDEX erasure_pkey RENAME TO forgetting_pkey;
    ALTER INDEX erasure_due RENAME TO forgetting_due;
    ALTER INDEX erasure_asked RENAME TO forgetting_asked;
    ALTER FUNCTION erase_account(bigint, integer) RENAME TO forget_account;
    ALTER FUNCTION erasure_files(bigint, integer) RENAME TO forget_files;
    ALTER FUNCTION erasure_prune(integer) RENAME TO forgotten_prune;
    ALTER FUNCTION account_upsert(jsonb) RENAME TO account_meet;
    ALTER FUNCTION lane_force_release(bigint, double precision) RENAME TO lane_give_back;
    ALTER TABLE "user" RENAME COLUMN "wantsBroadcasts" TO announcements;
    ALTER TABLE "user" RENAME COLUMN "erasedAt" TO "forgottenAt";
    ALTER TABLE "user" RENAME COLUMN "maxOpenFiles" TO "waitingFiles";
    ALTER TABLE "user" RENAME CONSTRAINT "user_maxOpenFiles_check" TO "user_waitingFiles_check";
    ALTER TABLE lane RENAME COLUMN pending TO waiting;
    ALTER TABLE setting ADD COLUMN "sameChoices" integer NOT NULL DEFAULT 0;
    ALTER FUNCTION delivery_lease(integer, double precision) RENAME TO delivery_take;
    ALTER INDEX user_broadcast RENAME TO user_announced;
    ALTER INDEX user_erased RENAME TO user_forgotten;
    ALTER TABLE setting RENAME COLUMN "retentionHours" TO "keepHours";
    ALTER TABLE setting RENAME CONSTRAINT "setting_retentionHours_check" TO "setting_keepHours_check";
    ALTER TABLE transcription RENAME COLUMN "retainedUntil" TO "keptUntil";
    ALTER INDEX transcription_retained RENAME TO transcription_kept;
    ALTER INDEX transcription_default_retention RENAME TO transcription_unkept;
    ALTER FUNCTION retained_until(timestamptz, int) RENAME TO kept_until;
    ALTER FUNCTION retention_set(bigint, int) RENAME TO history_keep;
    ALTER FUNCTION retention_prune(int, double precision) RENAME TO history_prune;
    DROP TRIGGER transcription_burst_moves ON transcription;
    DROP TRIGGER transcription_burst_shrinks ON transcription;
    DROP FUNCTION burst_moved();
    DROP FUNCTION burst_add(bigint, bigint, double precision, integer);
    DROP FUNCTION burst_choose(bigint, bigint, text, double precision, double precision);
    DROP FUNCTION burst_cancel(bigint, bigint, double precision);
    DROP FUNCTION burst_separate(bigint, bigint, double precision);
    DROP FUNCTION burst_bundle(bigint, bigint);
    DROP FUNCTION burst_read(bigint);
    DROP FUNCTION burst_touch(bigint);
    DROP FUNCTION burst_update_interval(burst);
    DROP FUNCTION bundle_close(bigint);
    DROP INDEX burst_due;
    ALTER TABLE setting DROP COLUMN "offersBundles";
    ALTER TABLE burst DROP COLUMN "shownAt", DROP COLUMN shown;
    ALTER TABLE burst RENAME COLUMN "updateAfter" TO "offerLapsesAt";
    ALTER TABLE burst RENAME TO bundle;
    ALTER INDEX burst_pkey RENAME TO bundle_pkey;
    ALTER INDEX "burst_userId_idx" RENAME TO "bundle_userId_idx";
    ALTER SEQUENCE burst_id_seq RENAME TO bundle_id_seq;
    ALTER TABLE bundle RENAME CONSTRAINT "burst_userId_fkey" TO "bundle_userId_fkey";
    CREATE INDEX bundle_offer_lapses ON bundle ("offerLapsesAt") WHERE "offerLapsesAt" IS NOT NULL;
    ALTER TABLE transcription RENAME COLUMN "burstId" TO "bundleId";
    ALTER TABLE transcription RENAME CONSTRAINT "transcription_burstId_fkey" TO "transcription_bundleId_fkey";
    ALTER INDEX transcription_burst RENAME TO transcription_bundle;
    CREATE FUNCTION bundle_consider(p_id bigint, p_user bigint, p_within_ms double precision, p_most int) RETURNS bigint
      LANGUAGE sql RETURN NULL::bigint;
    CREATE FUNCTION bundle_join(p_bundle bigint, p_user bigint) RETURNS jsonb LANGUAGE sql RETURN NULL::jsonb;
    CREATE FUNCTION bundle_close(p_bundle bigint) RETURNS void LANGUAGE sql AS 'SELECT';
    CREATE FUNCTION bundle_choosing(p_bundle bigint) RETURNS jsonb LANGUAGE sql RETURN NULL::jsonb;
    CREATE FUNCTION bundle_lapsed(p_limit int, p_open_ms double precision, p_retry_ms double precision) RETURNS jsonb
      LANGUAGE sql RETURN NULL::jsonb;
    CREATE FUNCTION bundle_shrink() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
    CREATE TRIGGER transcription_bundle_shrinks AFTER DELETE ON transcription FOR EACH ROW
      WHEN (old."bundleId" IS NOT NULL) EXECUTE FUNCTION bundle_shrink();
    ALTER FUNCTION is_bundled(bigint) RENAME TO is_joined;
    ALTER FUNCTION bundled_deliveries(jsonb) RENAME TO joined_deliveries;
    ALTER FUNCTION activity_store(text[]) RENAME TO activity_close;
    ALTER FUNCTION loss_backoff(int, double precision) RENAME TO loss_rest;
    ALTER TYPE burst_state RENAME TO bundle_state;
    ALTER TYPE bundle_state RENAME VALUE 'TOGETHER' TO 'OFFERED';
    ALTER TYPE bundle_state RENAME VALUE 'SEPARATE' TO 'DECLINED';
    ALTER TYPE bundle_state RENAME VALUE 'BUNDLING' TO 'JOINED';
    ALTER TYPE bundle_state RENAME VALUE 'BUNDLED' TO 'DONE';
    UPDATE delivery SET kind = 'joined' WHERE kind = 'bundle';
    UPDATE delivery SET payload = replace(payload::text, '"isBundled": ', '"isJoined": ')::jsonb;
    UPDATE transcript SET segments = replace(segments::text, '"hallucination": ', '"doubt": ')::jsonb`);
  await client.query(
    `INSERT INTO _prisma_migrations (id, migration_name, checksum, finished_at, applied_steps_count)
     SELECT gen_random_uuid(), name, checksum, now(), 1 FROM jsonb_to_recordset($1) AS r(name text, checksum text)`,
    [replaces],
  );
}

/** Adds a user with rows whose columns and values have the names of before 0.1.0. */
export async function addEarlierRows(client: pg.Client): Promise<void> {
  await client.query(`
    INSERT INTO "user" (id, "firstName", announcements) VALUES (7, 'سارا', false);
    INSERT INTO chat (id, type) VALUES (7, 'private');
    INSERT INTO setting ("userId", documents, "keepHours") VALUES (7, '{"doubt": "marked", "formats": []}', 24);
    INSERT INTO bundle (id, "userId", state) VALUES (1, 7, 'JOINED');
    INSERT INTO transcription (id, "userId", seq, state, "uploadKey", "chatId", "messageId", kind, "fileId", "fileUniqueId",
                               "sentAt", "bundleId", "keptUntil")
    VALUES (1, 7, 1, 'COMPLETED', 'key', 7, 1, 'voice', 'file', 'unique', now(), 1, '2031-01-01Z');
    INSERT INTO transcript ("transcriptionId", engine, "durationSeconds", text, segments)
    VALUES (1, 'local', 1, 'doubt', '[{"text": "a \\"doubt\\": b", "doubt": "loop"}]');
    INSERT INTO delivery ("transcriptionId", kind, part, payload) VALUES (1, 'joined', 0, '{"bundle": 1, "what": "text"}'),
           (1, 'status', 0, '{"isJoined": true, "unsure": 3}');
    INSERT INTO engine_report (worker, engine, state, profile) VALUES ('w', 'local', 'ready', '{"slowestPace": 4}')`);
}

/** Reads what addEarlierRows has added, under the present names. */
export async function readEarlierRows(client: pg.Client): Promise<unknown> {
  const { rows } = await client.query(`
    SELECT u."wantsBroadcasts", s.documents, s."retentionHours", b.state, t."retainedUntil", r.segments, e.profile,
           (SELECT jsonb_object_agg(kind, payload) FROM delivery) AS deliveries
      FROM "user" u, setting s, burst b, transcription t, transcript r, engine_report e`);
  return rows;
}

/** What readEarlierRows returns once the names are the present ones. */
export const renewedRows = [
  {
    wantsBroadcasts: false,
    documents: { lowConfidence: 'marked', formats: [] },
    retentionHours: 24,
    state: 'BUNDLING',
    retainedUntil: new Date('2031-01-01Z'),
    profile: { maxRealTimeFactor: 4 },
    segments: [{ text: 'a "doubt": b', hallucination: 'loop' }],
    deliveries: {
      bundle: { bundle: 1, what: 'text' },
      status: { isBundled: true, lowConfidence: 3 },
    },
  },
];
