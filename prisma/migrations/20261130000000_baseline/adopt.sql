-- Run once on a database that has all migrations which the baseline replaces (replaces.json), in place of migration.sql:
-- its tables are the same but for an index, and its routines become those of the baseline.

CREATE INDEX IF NOT EXISTS "bulk_change_endedAt_idx" ON bulk_change USING btree ("endedAt");

-- Tables and routines have the glossary's names.
ALTER TABLE IF EXISTS part RENAME TO chunk;
ALTER INDEX IF EXISTS part_pkey RENAME TO chunk_pkey;
ALTER INDEX IF EXISTS part_created RENAME TO chunk_created;
ALTER TABLE chunk RENAME CONSTRAINT "part_transcriptionId_fkey" TO "chunk_transcriptionId_fkey";
ALTER TABLE IF EXISTS forgetting RENAME TO erasure;
ALTER INDEX IF EXISTS forgetting_pkey RENAME TO erasure_pkey;
ALTER INDEX IF EXISTS forgetting_due RENAME TO erasure_due;
ALTER INDEX IF EXISTS forgetting_asked RENAME TO erasure_asked;
DROP FUNCTION IF EXISTS forget_account(bigint, integer);
DROP FUNCTION IF EXISTS forget_files(bigint, integer);
DROP FUNCTION IF EXISTS forgotten_prune(integer);
DROP FUNCTION IF EXISTS account_meet(jsonb);
DROP FUNCTION IF EXISTS lane_give_back(bigint, double precision);
ALTER TABLE chunk RENAME COLUMN heard TO transcript;
ALTER TABLE engine_test RENAME COLUMN heard TO text;
ALTER TABLE glossary_entry RENAME COLUMN heard TO misspellings;
ALTER TABLE export RENAME COLUMN parts TO archives;
ALTER TABLE activity RENAME COLUMN "longestWaitSeconds" TO "maxWaitSeconds";
ALTER TABLE usage RENAME COLUMN "listenedSeconds" TO "sentSeconds";
ALTER TABLE usage RENAME COLUMN "listenMs" TO "transcribeMs";
-- Uploads that arrive together are a burst, whose message offers one document.
DROP FUNCTION IF EXISTS bundle_consider(bigint, bigint, double precision, integer);
DROP FUNCTION IF EXISTS bundle_join(bigint, bigint);
DROP FUNCTION IF EXISTS bundle_choosing(bigint);
DROP FUNCTION IF EXISTS bundle_lapsed(integer, double precision, double precision);
DROP FUNCTION IF EXISTS bundle_shrink() CASCADE;
DROP FUNCTION IF EXISTS bundle_close(bigint);
ALTER TABLE bundle RENAME TO burst;
ALTER INDEX bundle_pkey RENAME TO burst_pkey;
ALTER INDEX "bundle_userId_idx" RENAME TO "burst_userId_idx";
ALTER SEQUENCE bundle_id_seq RENAME TO burst_id_seq;
ALTER TABLE burst RENAME CONSTRAINT "bundle_userId_fkey" TO "burst_userId_fkey";
ALTER TABLE burst RENAME COLUMN "offerLapsesAt" TO "updateAfter";
DROP INDEX bundle_offer_lapses;
CREATE INDEX burst_due ON burst USING btree ("updateAfter") WHERE ("updateAfter" IS NOT NULL);
ALTER TABLE burst ADD COLUMN "shownAt" timestamptz(3);
ALTER TABLE burst ADD COLUMN shown text;
ALTER TABLE transcription RENAME COLUMN "bundleId" TO "burstId";
ALTER TABLE transcription RENAME CONSTRAINT "transcription_bundleId_fkey" TO "transcription_burstId_fkey";
ALTER INDEX transcription_bundle RENAME TO transcription_burst;
-- Parameters have other names, which CREATE OR REPLACE cannot change.
DROP FUNCTION IF EXISTS chat_turn_take(bigint, text, integer, integer, double precision, double precision);
DROP FUNCTION IF EXISTS depth_fold(integer, integer);
DROP FUNCTION IF EXISTS lane_earlier(bigint, bigint, text, double precision);
DROP FUNCTION IF EXISTS glossary_forget(bigint, text, text);
DROP FUNCTION IF EXISTS glossary_learn(bigint, text, text, boolean, integer);

DROP FUNCTION IF EXISTS lane_sweep(integer, integer, double precision, integer, double precision);
ALTER TABLE "user" RENAME COLUMN announcements TO "wantsBroadcasts";
ALTER TABLE "user" RENAME COLUMN "forgottenAt" TO "erasedAt";
ALTER TABLE "user" RENAME COLUMN "waitingFiles" TO "maxOpenFiles";
ALTER TABLE "user" RENAME CONSTRAINT "user_waitingFiles_check" TO "user_maxOpenFiles_check";
ALTER TABLE lane RENAME COLUMN waiting TO pending;
ALTER TABLE setting DROP COLUMN "sameChoices";
ALTER INDEX user_announced RENAME TO user_broadcast;
ALTER INDEX user_forgotten RENAME TO user_erased;
ALTER TABLE setting RENAME COLUMN "keepHours" TO "retentionHours";
ALTER TABLE setting RENAME CONSTRAINT "setting_keepHours_check" TO "setting_retentionHours_check";
ALTER TABLE transcription RENAME COLUMN "keptUntil" TO "retainedUntil";
ALTER TABLE transcription ADD COLUMN speakers integer;
ALTER TABLE transcription ADD COLUMN "pickerUntil" timestamptz(3);
ALTER TABLE setting ADD COLUMN "remembersVoices" boolean;
ALTER TABLE setting ADD COLUMN "offersBundles" boolean NOT NULL DEFAULT true;
ALTER TABLE transcription ADD COLUMN purpose text;

CREATE TABLE secretary_connection (
  id bigserial,
  "connectionKey" text NOT NULL,
  "userId" bigint NOT NULL,
  "userChatId" bigint NOT NULL,
  "canReply" boolean NOT NULL,
  "connectedAt" timestamptz(3) NOT NULL,
  "endedAt" timestamptz(3),
  notes text NOT NULL DEFAULT 'received',
  senders text NOT NULL DEFAULT 'all',
  engine text,
  "withFiles" boolean NOT NULL DEFAULT false,
  "removesDeleted" boolean NOT NULL DEFAULT false,
  "retentionHours" integer NOT NULL DEFAULT 24,
  "toldUntil" timestamptz(3),
  CONSTRAINT secretary_connection_pkey PRIMARY KEY (id)
);

CREATE TABLE secretary_peer (
  id bigserial,
  "connectionId" bigint NOT NULL,
  "userId" bigint NOT NULL,
  "peerId" bigint NOT NULL,
  name text NOT NULL,
  "isAllowed" boolean,
  "askedAt" timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT secretary_peer_pkey PRIMARY KEY (id)
);

CREATE TABLE secretary_note (
  "transcriptionId" bigint NOT NULL,
  "connectionId" bigint NOT NULL,
  "peerId" bigint NOT NULL,
  "messageId" integer NOT NULL,
  "peerName" text NOT NULL,
  username text,
  "isMine" boolean NOT NULL,
  "promptId" integer,
  "remindAt" timestamptz(3),
  "retainedUntil" timestamptz(3) NOT NULL,
  CONSTRAINT secretary_note_pkey PRIMARY KEY ("transcriptionId")
);

CREATE TABLE secretary_draft (
  id bigserial,
  "userId" bigint NOT NULL,
  "noteId" bigint NOT NULL,
  "transcriptionId" bigint,
  text text,
  "messageId" integer,
  state text NOT NULL DEFAULT 'OPEN',
  "pressedAt" timestamptz(3),
  "sentMessageId" integer,
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT secretary_draft_pkey PRIMARY KEY (id)
);

CREATE UNIQUE INDEX "secretary_connection_connectionKey_key" ON secretary_connection USING btree ("connectionKey");
CREATE INDEX "secretary_connection_userId_idx" ON secretary_connection USING btree ("userId");
CREATE INDEX secretary_connection_ended ON secretary_connection USING btree ("endedAt");
CREATE UNIQUE INDEX secretary_peer_of ON secretary_peer USING btree ("connectionId", "peerId");
CREATE INDEX "secretary_peer_userId_idx" ON secretary_peer USING btree ("userId");
CREATE INDEX secretary_peer_asked ON secretary_peer USING btree ("askedAt") WHERE ("isAllowed" IS NULL);
CREATE UNIQUE INDEX secretary_note_of ON secretary_note USING btree ("connectionId", "peerId", "messageId");
CREATE INDEX secretary_note_retained ON secretary_note USING btree ("retainedUntil");
CREATE INDEX secretary_note_remind ON secretary_note USING btree ("remindAt") WHERE ("remindAt" IS NOT NULL);
CREATE UNIQUE INDEX "secretary_draft_transcriptionId_key" ON secretary_draft USING btree ("transcriptionId");
CREATE INDEX secretary_draft_shown ON secretary_draft USING btree ("userId", "messageId");
CREATE INDEX "secretary_draft_noteId_idx" ON secretary_draft USING btree ("noteId");

ALTER TABLE secretary_connection ADD CONSTRAINT "secretary_connection_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE secretary_peer ADD CONSTRAINT "secretary_peer_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES secretary_connection(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE secretary_note ADD CONSTRAINT "secretary_note_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES secretary_connection(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE secretary_note ADD CONSTRAINT "secretary_note_transcriptionId_fkey" FOREIGN KEY ("transcriptionId") REFERENCES transcription(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE secretary_draft ADD CONSTRAINT "secretary_draft_noteId_fkey" FOREIGN KEY ("noteId") REFERENCES secretary_note("transcriptionId") ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE secretary_draft ADD CONSTRAINT "secretary_draft_transcriptionId_fkey" FOREIGN KEY ("transcriptionId") REFERENCES transcription(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER INDEX transcription_kept RENAME TO transcription_retained;
ALTER INDEX transcription_unkept RENAME TO transcription_default_retention;
ALTER FUNCTION kept_until(timestamptz, int) RENAME TO retained_until;
ALTER FUNCTION history_keep(bigint, int) RENAME TO retention_set;
ALTER FUNCTION history_prune(int, double precision) RENAME TO retention_prune;
ALTER FUNCTION is_joined(bigint) RENAME TO is_bundled;
ALTER FUNCTION joined_deliveries(jsonb) RENAME TO bundled_deliveries;
ALTER FUNCTION activity_close(text[]) RENAME TO activity_store;
ALTER FUNCTION loss_rest(int, double precision) RENAME TO loss_backoff;

-- Voices that users have had remembered, and models that admins want on the workers' machines.
CREATE TABLE voiceprint (
  id bigserial,
  "userId" bigint NOT NULL,
  name text NOT NULL,
  voice real[] NOT NULL,
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  "usedAt" timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT voiceprint_pkey PRIMARY KEY (id)
);

CREATE UNIQUE INDEX voiceprint_name ON voiceprint USING btree ("userId", name);
CREATE INDEX voiceprint_used ON voiceprint USING btree ("usedAt");
ALTER TABLE voiceprint ADD CONSTRAINT "voiceprint_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"(id) ON UPDATE CASCADE ON DELETE CASCADE;

CREATE TABLE understanding_task (
  id bigserial,
  "userId" bigint NOT NULL,
  "transcriptionId" bigint,
  kind text NOT NULL,
  options jsonb NOT NULL,
  "replyToId" integer NOT NULL,
  "messageId" integer,
  state text NOT NULL DEFAULT 'PENDING',
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  "dueAt" timestamptz(3),
  holder text,
  attempts integer NOT NULL DEFAULT 0,
  reserved double precision NOT NULL DEFAULT 0,
  "endedAt" timestamptz(3),
  "errorCode" text,
  result jsonb,
  CONSTRAINT understanding_task_pkey PRIMARY KEY (id)
);

CREATE TABLE understanding_call (
  "taskId" bigint NOT NULL,
  key text NOT NULL,
  answer jsonb NOT NULL,
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT understanding_call_pkey PRIMARY KEY ("taskId", key)
);

CREATE TABLE understanding_spend (
  id bigserial,
  "userId" bigint NOT NULL,
  kind text NOT NULL,
  "inputTokens" integer NOT NULL,
  "outputTokens" integer NOT NULL,
  amount double precision,
  currency text,
  at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT understanding_spend_pkey PRIMARY KEY (id)
);

CREATE TABLE minutes_template (
  id bigserial,
  "userId" bigint,
  name text NOT NULL,
  sections jsonb NOT NULL,
  "changedAt" timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT minutes_template_pkey PRIMARY KEY (id)
);

CREATE INDEX "understanding_task_transcriptionId_idx" ON understanding_task USING btree ("transcriptionId");
CREATE INDEX "understanding_task_userId_id_idx" ON understanding_task USING btree ("userId", id);
CREATE INDEX understanding_due ON understanding_task USING btree ("dueAt") WHERE ("dueAt" IS NOT NULL);
CREATE INDEX understanding_open ON understanding_task USING btree ("userId", id) WHERE ("endedAt" IS NULL);
CREATE UNIQUE INDEX understanding_once ON understanding_task USING btree ("transcriptionId", kind, options) WHERE ("endedAt" IS NULL);
CREATE UNIQUE INDEX understanding_running ON understanding_task USING btree ("userId") WHERE (state = 'RUNNING'::text);
CREATE INDEX understanding_spend_user ON understanding_spend USING btree ("userId", at);
CREATE INDEX understanding_spend_at ON understanding_spend USING btree (at);
CREATE INDEX "minutes_template_userId_idx" ON minutes_template USING btree ("userId");
ALTER TABLE understanding_task ADD CONSTRAINT "understanding_task_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE understanding_task ADD CONSTRAINT "understanding_task_transcriptionId_fkey" FOREIGN KEY ("transcriptionId") REFERENCES transcription(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE understanding_call ADD CONSTRAINT "understanding_call_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES understanding_task(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE understanding_spend ADD CONSTRAINT "understanding_spend_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE minutes_template ADD CONSTRAINT "minutes_template_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"(id) ON UPDATE CASCADE ON DELETE CASCADE;

CREATE TABLE model_wish (
  model text NOT NULL,
  "isWanted" boolean NOT NULL,
  "agreedById" bigint,
  "askedById" bigint NOT NULL,
  "askedAt" timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT model_wish_pkey PRIMARY KEY (model)
);

-- One trigger each before and after a change of a state, in place of nine. With a function goes its trigger.
DROP FUNCTION IF EXISTS forget_given_up() CASCADE;
DROP FUNCTION IF EXISTS keep_ended_file() CASCADE;
DROP FUNCTION IF EXISTS record_since() CASCADE;
DROP FUNCTION IF EXISTS record_depth() CASCADE;
DROP FUNCTION IF EXISTS forget_losses() CASCADE;
DROP FUNCTION IF EXISTS bundle_progress() CASCADE;
DROP FUNCTION IF EXISTS lane_choose(bigint, bigint, text, double precision);
DROP FUNCTION IF EXISTS lane_requeue(bigint, integer, text, jsonb, double precision, boolean, double precision);
DROP TRIGGER transcription_state_change ON transcription;
DROP FUNCTION record_state_change();
DROP FUNCTION delivery_take(integer, double precision);
DROP TRIGGER delivery_remembered ON delivery;

-- Values have the glossary's names. PostgreSQL writes a key of jsonb as `"key": `, and the quotes of a text as `\"`, so
-- this replaces keys alone. A restore of an older backup does the same (src/operations/backup/earlier-names.ts).
ALTER TYPE bundle_state RENAME TO burst_state;
ALTER TYPE burst_state RENAME VALUE 'OFFERED' TO 'TOGETHER';
ALTER TYPE burst_state RENAME VALUE 'DECLINED' TO 'SEPARATE';
ALTER TYPE burst_state RENAME VALUE 'JOINED' TO 'BUNDLING';
ALTER TYPE burst_state RENAME VALUE 'DONE' TO 'BUNDLED';
UPDATE delivery SET kind = 'bundle' WHERE kind = 'joined';
UPDATE delivery SET payload = replace(replace(replace(payload::text, '"isJoined": ', '"isBundled": '), '"unsure": ', '"lowConfidence": '),
       '"doubt": ', '"lowConfidence": ')::jsonb WHERE payload::text ~ '"(isJoined|unsure|doubt)": ';
UPDATE setting SET documents = replace(documents::text, '"doubt": ', '"lowConfidence": ')::jsonb WHERE documents::text LIKE '%"doubt": %';
UPDATE transcript SET segments = replace(segments::text, '"doubt": ', '"hallucination": ')::jsonb WHERE segments::text LIKE '%"doubt": %';
UPDATE correction SET before = replace(before::text, '"doubt": ', '"hallucination": ')::jsonb WHERE before::text LIKE '%"doubt": %';
UPDATE chunk SET transcript = replace(transcript::text, '"doubt": ', '"hallucination": ')::jsonb WHERE transcript::text LIKE '%"doubt": %';
UPDATE engine_report SET profile = replace(profile::text, '"slowestPace": ', '"maxRealTimeFactor": ')::jsonb WHERE profile::text LIKE '%"slowestPace": %';

DROP FUNCTION IF EXISTS delivery_add(bigint, bigint, jsonb);
DROP FUNCTION IF EXISTS delivery_sent(bigint, text, integer, integer, boolean);
DROP FUNCTION IF EXISTS delivery_sent(bigint, text, integer, integer[], boolean);

-- Adds a delivery to the answer of a COMPLETED transcription, such as an album of documents, a clip or a revision. The
-- same payload is added once while it is unsent.
-- p_id: the transcription
-- p_user: its user
-- p_kind: the kind of delivery (domain/delivery.ts)
-- p_payload: its contents
-- Returns: added | already (the same is unsent) | unknown
-- Locks: the transcription, so that deliveries_sent of its last delivery does not overlook the new one
-- Called by: src/store/deliveries.ts, correction_apply, correction_undo, lane_delete, speakers_change
CREATE OR REPLACE FUNCTION delivery_add(p_id bigint, p_user bigint, p_kind text, p_payload jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM transcription WHERE id = p_id AND "userId" = p_user AND state = 'COMPLETED' FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  -- Albums are compared by their formats alone: the rest of the choice may have changed since.
  PERFORM 1 FROM delivery WHERE "transcriptionId" = p_id AND kind = p_kind AND "sentAt" IS NULL
    AND CASE WHEN kind = 'album' THEN payload->'formats' = p_payload->'formats' ELSE payload = p_payload END;
  IF FOUND THEN RETURN 'already'; END IF;
  INSERT INTO delivery ("transcriptionId", kind, part, payload)
  SELECT p_id, p_kind, COALESCE(max(part) + 1, 0), p_payload
    FROM delivery WHERE "transcriptionId" = p_id AND kind = p_kind;
  -- A process that is still sending the rest of the answer finds this delivery at its end; an album
  -- that is held back goes out with it.
  UPDATE transcription SET "deliverAttempts" = 0,
         "deliverAfter" = CASE WHEN "deliverAttempts" = -1 THEN now() ELSE COALESCE("deliverAfter", now()) END WHERE id = p_id;
  RETURN 'added';
END $$;

-- Marks deliveries of one answer as sent. The message of a status delivery becomes the transcription's status message: the
-- first one, or a new one that took the place of an earlier one. When only the album of one of a burst is left, it is held back
-- for a minute at most, for the albums of the others (albums_release).
-- p_sent: [{kind, part, messageIds: ids of the messages that carry it}, …]
-- p_last: no other delivery of this answer is left, as far as the caller knows
-- Returns: false when one of the deliveries was deleted
-- Locks: the transcription when p_last or with a status, then the deliveries, then as albums_release
-- Called by: src/store/deliveries.ts
CREATE OR REPLACE FUNCTION deliveries_sent(p_id bigint, p_sent jsonb, p_last boolean) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  marked int;
  status_message int;
  its_burst bigint;
  unsent boolean;
  held boolean := false;
BEGIN
  status_message := jsonb_path_query_first(p_sent, '$[*] ? (@.kind == "status").messageIds[0]');
  -- delivery_add waits for this lock, so no delivery is added in between.
  IF p_last OR status_message IS NOT NULL THEN
    SELECT "burstId" INTO its_burst FROM transcription WHERE id = p_id FOR NO KEY UPDATE;
  END IF;
  UPDATE delivery d SET "sentMessageIds" = s."messageIds", "sentAt" = clock_timestamp()
    FROM jsonb_to_recordset(p_sent) AS s(kind text, part int, "messageIds" int[])
   WHERE d."transcriptionId" = p_id AND d.kind = s.kind AND d.part = s.part;
  GET DIAGNOSTICS marked = ROW_COUNT;
  IF marked < jsonb_array_length(p_sent) THEN RETURN false; END IF;
  IF p_last THEN
    SELECT count(*) > 0, count(*) > 0 AND bool_and(kind = 'album') INTO unsent, held
      FROM delivery WHERE "transcriptionId" = p_id AND "sentAt" IS NULL;
    -- The lock of the burst: what ends at this moment either sees the held album, or is seen as ended.
    IF held THEN
      PERFORM 1 FROM burst b WHERE b.id = its_burst AND b.state = 'TOGETHER' FOR UPDATE;
      held := FOUND;
    END IF;
    UPDATE transcription t SET "statusMessageId" = COALESCE(status_message, "statusMessageId"),
           "deliverAttempts" = CASE WHEN held THEN -1 ELSE "deliverAttempts" END,
           "deliverAfter" = CASE WHEN NOT unsent THEN NULL WHEN NOT held THEN now() ELSE COALESCE(
             (SELECT min(o."deliverAfter") FROM transcription o WHERE o."burstId" = its_burst AND o."deliverAttempts" = -1),
             now() + interval '1 minute') END
     WHERE id = p_id;
    IF its_burst IS NOT NULL THEN PERFORM albums_release(its_burst); END IF;
  ELSIF status_message IS NOT NULL THEN
    UPDATE transcription SET "statusMessageId" = status_message WHERE id = p_id AND "statusMessageId" IS DISTINCT FROM status_message;
  END IF;
  RETURN true;
END $$;

-- Deletes the remaining rows of erased accounts when no quota counts their usage, and erasures that were asked
-- for but not confirmed within a day.
-- p_limit: maximum number of users
-- Returns: the number of users deleted
-- Locks: the rows it deletes; users that are locked are skipped
-- Called by: src/features/my-data/store/erasures.ts
CREATE OR REPLACE FUNCTION erasure_prune(p_limit int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  gone int;
BEGIN
  DELETE FROM "user" WHERE id IN (
    SELECT id FROM "user" WHERE "erasedAt" < now() - interval '31 days' AND "blockedAt" IS NULL
       AND "minutesADay" IS NULL AND "minutesAMonth" IS NULL AND "maxOpenFiles" IS NULL
     ORDER BY "erasedAt" LIMIT p_limit FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS gone = ROW_COUNT;
  -- Erasures that were never confirmed.
  DELETE FROM erasure WHERE "begunAt" IS NULL AND "askedAt" < now() - interval '1 day';
  RETURN gone;
END $$;

-- Takes an upload in a group, as lane_submit does. The first user who asks for an upload owns its transcription. A later
-- request for the same file, or for a copy of it, returns that one, unless it FAILED or was CANCELLED.
-- p: as lane_submit
-- Returns: as lane_submit
-- Locks: an advisory lock on the chat and file until the transaction ends, then as lane_submit
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION group_submit(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  row transcription;
BEGIN
  -- Requests for the same file in the same group wait for one another.
  PERFORM pg_advisory_xact_lock(hashtextextended((p->>'chatId') || ':' || (p->>'fileUniqueId'), 0));
  SELECT * INTO row FROM transcription
   WHERE "chatId" = (p->>'chatId')::bigint AND "chatId" < 0 AND "fileUniqueId" = p->>'fileUniqueId'
     AND state NOT IN ('FAILED', 'CANCELLED') ORDER BY id LIMIT 1;
  IF FOUND THEN
    RETURN jsonb_build_object('outcome', 'accepted', 'id', row.id, 'created', false, 'state', row.state,
                              'statusMessageId', row."statusMessageId", 'lastEngine', NULL, 'defaultEngine', NULL);
  END IF;
  UPDATE transcription SET "uploadKey" = "uploadKey" || '#' || id
   WHERE "uploadKey" = p->>'uploadKey' AND state IN ('FAILED', 'CANCELLED');
  RETURN lane_submit(p);
END $$;

-- Claims the transcription of a token, for a worker. The fence rises by one.
-- p_fence: the fence of the token
-- p_holder: the process that claims it
-- p_lease_ms: length of the lease, in ms
-- Returns: the job ({…transcription, fence, languageCode, waitedSeconds, startedSeconds, hasChunks, hasGlossary, documents}), or null
--   when the token is stale. Formats that the caption names go before those the user has chosen.
-- Raises: an exception when the transcription of the slot is not QUEUED
-- Locks: the user's lane, then the transcription
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_claim(p_id bigint, p_fence int, p_holder text, p_lease_ms double precision)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  new_fence int;
  row transcription;
BEGIN
  UPDATE lane SET fence = fence + 1, holder = p_holder, "leaseUntil" = clock_timestamp() + milliseconds(p_lease_ms)
   WHERE "activeId" = p_id AND fence = p_fence RETURNING fence INTO new_fence;
  IF NOT FOUND THEN RETURN NULL; END IF;
  -- `state::text`: as in lane_choose, by the key and by no partial index.
  UPDATE transcription SET state = 'PROCESSING', attempts = attempts + 1,
         "startedAt" = COALESCE("startedAt", clock_timestamp())
   WHERE id = p_id AND state::text = 'QUEUED' RETURNING * INTO row;
  -- The fence rules this out.
  IF NOT FOUND THEN RAISE EXCEPTION 'lane of transcription % holds fence % but is not QUEUED', p_id, p_fence; END IF;
  RETURN (SELECT to_jsonb(row) || jsonb_build_object('fence', new_fence, 'languageCode', u."languageCode",
                 'waitedSeconds', EXTRACT(EPOCH FROM clock_timestamp() - row."runAfter"),
                 'startedSeconds', EXTRACT(EPOCH FROM clock_timestamp() - row."startedAt"),
                 'hasChunks', EXISTS (SELECT FROM chunk WHERE "transcriptionId" = p_id),
                 'hasGlossary', EXISTS (SELECT FROM glossary_entry g WHERE g."userId" = row."userId"),
                 'documents', CASE WHEN cardinality(row.formats) = 0 THEN s.documents
                   ELSE COALESCE(s.documents, '{}') || jsonb_build_object('formats', row.formats) END)
            FROM "user" u LEFT JOIN setting s ON s."userId" = u.id WHERE u.id = row."userId");
END $$;

-- Deletes old rows of state_change, chunk and bulk_change, and cancels transcriptions without a chosen engine.
-- p_limit: maximum number of each
-- p_history_ms: retention of these rows, in ms; a bulk change counts from its end
-- p_choosing_ms: maximum time that a transcription is CHOOSING, in ms
-- Returns: the number of rows that were deleted or changed; 0: nothing is left to do
-- Locks: the rows it deletes, and the lanes of what it cancels; rows that are locked are skipped
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_prune(p_limit int, p_history_ms double precision, p_choosing_ms double precision) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
  pruned int;
  chunks int;
  changes int;
  ended int := 0;
  old record;
BEGIN
  DELETE FROM state_change WHERE id IN (
    SELECT id FROM state_change WHERE at < now() - milliseconds(p_history_ms) ORDER BY at LIMIT p_limit
       FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS pruned = ROW_COUNT;
  DELETE FROM chunk WHERE ("transcriptionId", "startMs") IN (
    SELECT "transcriptionId", "startMs" FROM chunk WHERE "createdAt" < now() - milliseconds(p_history_ms)
     ORDER BY "createdAt" LIMIT p_limit FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS chunks = ROW_COUNT;
  DELETE FROM bulk_change WHERE id IN (
    SELECT id FROM bulk_change WHERE "endedAt" < now() - milliseconds(p_history_ms) ORDER BY "endedAt" LIMIT p_limit
       FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS changes = ROW_COUNT;
  FOR old IN SELECT id, "userId" FROM transcription
              WHERE state = 'CHOOSING' AND "runAfter" < now() - milliseconds(p_choosing_ms)
              ORDER BY "runAfter" LIMIT p_limit LOOP
    PERFORM 1 FROM lane WHERE "userId" = old."userId" FOR UPDATE SKIP LOCKED;
    CONTINUE WHEN NOT FOUND;
    UPDATE transcription SET state = 'CANCELLED', "finishedAt" = clock_timestamp() WHERE id = old.id AND state::text = 'CHOOSING';
    IF FOUND THEN ended := ended + 1; END IF;
  END LOOP;
  RETURN pruned + chunks + changes + ended;
END $$;

-- Completes a CHOOSING transcription with the transcript of an earlier one of the same user. A transcription that goes
-- into one document sends only its status.
-- p_from: the earlier transcription, from lane_earlier
-- p_deliveries: [{kind, part, payload}, …]
-- Returns: false when either of the two is not there, or it is no longer CHOOSING
-- Locks: the user's lane, then the transcription
-- Called by: src/store/earlier-transcripts.ts
CREATE OR REPLACE FUNCTION lane_reuse(p_id bigint, p_user bigint, p_engine text, p_from bigint, p_deliveries jsonb) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  INSERT INTO transcript ("transcriptionId", "userId", engine, language, "languageProbability", "durationSeconds", text, segments)
  SELECT p_id, p_user, tr.engine, tr.language, tr."languageProbability", tr."durationSeconds", tr.text, tr.segments
    FROM transcript tr JOIN transcription before ON before.id = tr."transcriptionId" AND before."userId" = p_user
   WHERE tr."transcriptionId" = p_from
     AND EXISTS (SELECT FROM transcription WHERE id = p_id AND "userId" = p_user AND state::text = 'CHOOSING');
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO delivery ("transcriptionId", kind, part, payload)
  SELECT p_id, d->>'kind', (d->>'part')::int, d->'payload'
    FROM jsonb_array_elements(CASE WHEN is_bundled(p_id) THEN bundled_deliveries(p_deliveries) ELSE p_deliveries END) AS d;
  UPDATE transcription SET state = 'COMPLETED', engine = p_engine, "startedAt" = clock_timestamp(),
         "finishedAt" = clock_timestamp(), "deliverAfter" = now() WHERE id = p_id;
  PERFORM engine_chosen(p_user, p_engine);
  RETURN true;
END $$;

-- Requeues transcriptions of lost workers and resends lost tokens: those of QUEUED transcriptions whose lease is over.
-- Promotes in lanes with an empty slot. A lane that is locked is skipped.
-- A lost worker is not an attempt. The transcription is FAILED (worker_lost) when it is probably the reason: when
-- p_max_losses workers were lost that had no other transcription, or twice as many in all.
-- now() and not clock_timestamp() selects the rows: PostgreSQL looks up only the former in an index.
-- p_limit: maximum number of lanes of each kind
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- p_max_losses: maximum number of lost workers, as above
-- p_first_backoff_ms: pause after the second loss, in ms (loss_backoff)
-- Returns: [token, …] to send
-- Locks: the lanes, then their transcriptions
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_sweep(p_limit int, p_dispatch_ms double precision, p_max_losses int DEFAULT 10,
  p_first_backoff_ms double precision DEFAULT 1000) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  l lane;
  row transcription;
  token jsonb;
  tokens jsonb := '[]';
  view jsonb;
  lost record;
  backoff_ms double precision;
BEGIN
  FOR l IN SELECT * FROM lane WHERE "activeId" IS NOT NULL AND "leaseUntil" < now()
            ORDER BY "leaseUntil" LIMIT p_limit FOR UPDATE SKIP LOCKED LOOP
    SELECT * INTO row FROM transcription WHERE id = l."activeId";
    IF row.state = 'QUEUED' THEN
      UPDATE lane SET "leaseUntil" = clock_timestamp() + milliseconds(p_dispatch_ms) WHERE "userId" = l."userId";
      token := lane_token(row.id, l.fence, row.engine);
    ELSE
      SELECT * INTO lost FROM lane_lose(row.id, l."userId", COALESCE(l.holder, ''));
      IF row."cancelRequestedAt" IS NOT NULL THEN
        token := lane_end(row.id, l."userId", 'CANCELLED', NULL, NULL, status_only('{"kind": "cancelled"}'), p_dispatch_ms, 0);
      ELSIF lost.alone_losses >= p_max_losses OR lost.losses >= 2 * p_max_losses THEN
        view := '{"kind": "failed", "code": "worker_lost", "details": {}}';
        token := lane_end(row.id, l."userId", 'FAILED', 'worker_lost', '{}', status_only(view), p_dispatch_ms, 0);
      ELSE
        backoff_ms := loss_backoff(lost.losses, p_first_backoff_ms);
        UPDATE lane SET fence = fence + 1, holder = NULL,
               "leaseUntil" = clock_timestamp() + milliseconds(CASE WHEN backoff_ms = 0 THEN p_dispatch_ms ELSE backoff_ms END)
         WHERE "userId" = l."userId";
        UPDATE transcription SET state = 'QUEUED', "errorCode" = 'worker_lost', attempts = GREATEST(attempts - 1, 0),
               "runAfter" = CASE WHEN backoff_ms = 0 THEN "runAfter" ELSE clock_timestamp() + milliseconds(backoff_ms) END
         WHERE id = row.id;
        -- No token while it rests: a later sweep sends it.
        token := CASE WHEN backoff_ms = 0 THEN lane_token(row.id, l.fence + 1, row.engine) END;
      END IF;
    END IF;
    IF token IS NOT NULL THEN tokens := tokens || jsonb_build_array(token); END IF;
  END LOOP;
  FOR l IN SELECT * FROM lane WHERE "activeId" IS NULL AND pending > 0 LIMIT p_limit FOR UPDATE SKIP LOCKED LOOP
    token := lane_promote(l."userId", p_dispatch_ms);
    IF token IS NOT NULL THEN tokens := tokens || jsonb_build_array(token); END IF;
  END LOOP;
  RETURN tokens;
END $$;

-- Checks a quota: whether p_new more seconds fit into p_minutes in the last p_days calendar days, today included. p_open
-- counts as used today. The sum reads no more rows than the quota has let in.
-- p_zone: the time zone of the calendar
-- p_period: day or month, returned as it is
-- p_minutes: the quota; null or negative: none
-- p_open: for a new upload the announced seconds of open transcriptions; for decoded audio, minus
--   the seconds that its earlier attempts used (0 or negative)
-- p_new: seconds of the upload, as announced or as decoded
-- Returns: null when it fits, else {outcome: spent, period, minutes, again: when there is room; null when the upload alone
--   is longer than the quota}
-- Locks: none
-- Called by: lane_submit, src/features/accounts/store/quotas.ts
CREATE OR REPLACE FUNCTION quota_refusal(p_user bigint, p_zone text, p_period text, p_days int, p_minutes int, p_open int, p_new int)
RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  since timestamptz;
  -- An upload of unknown length counts as one second.
  wanted int := GREATEST(p_new, 1);
  used double precision;
  last_full date;
BEGIN
  IF p_minutes IS NULL OR p_minutes < 0 THEN RETURN NULL; END IF;
  since := days_begin(p_zone, p_days);
  SELECT COALESCE(sum("audioSeconds"), 0) INTO used FROM usage WHERE "userId" = p_user AND "endedAt" >= since;
  IF used + p_open + wanted <= p_minutes * 60 THEN RETURN NULL; END IF;
  -- The latest day that has to leave the period to make room: what came after it fits.
  SELECT max(day) INTO last_full FROM (
    SELECT day, sum(sum(seconds)) OVER (ORDER BY day DESC) AS kept FROM (
      SELECT (now() AT TIME ZONE p_zone)::date AS day, p_open AS seconds
      UNION ALL
      SELECT ("endedAt" AT TIME ZONE p_zone)::date, "audioSeconds" FROM usage WHERE "userId" = p_user AND "endedAt" >= since
    ) AS of_days GROUP BY day) AS days
   WHERE kept + wanted > p_minutes * 60;
  RETURN jsonb_build_object('outcome', 'spent', 'period', p_period, 'minutes', p_minutes,
    'again', CASE WHEN wanted <= p_minutes * 60 THEN (last_full + p_days)::timestamp AT TIME ZONE p_zone END);
END $$;

-- Trigger: follows every change of a transcription's state, also one that is made by hand. It writes the history of states
-- and the depth of the queue, and updates the lane: its counts, its next seq, and its slot when the active transcription
-- has ended. Then it deletes the worker losses of one that is tried again, and closes the burst of one that has ended or
-- was deleted. A transcription that becomes QUEUED is counted by the routine that gives it the slot. It is one function,
-- because every trigger costs each change of a state.
-- Rows of `depth` are added, never updated, so that transactions do not wait for one another; depth_fold adds them up.
-- Locks: the user's lane, when it changes; as bundle_close and albums_release
-- Called by: transcription_state_change
CREATE OR REPLACE FUNCTION apply_state_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was_open boolean := false;
  is_open_now boolean := false;
  pending_delta int := 0;
BEGIN
  IF TG_OP = 'INSERT' THEN
    is_open_now := NEW.state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING');
    pending_delta := (NEW.state = 'PENDING')::int;
    IF is_open_now THEN INSERT INTO depth (state, engine, files) VALUES (NEW.state, NEW.engine, 1); END IF;
    INSERT INTO state_change ("transcriptionId", "userId", "toState", fence, holder)
    SELECT NEW.id, NEW."userId", NEW.state, l.fence, l.holder
      FROM (SELECT 1) AS one LEFT JOIN lane l ON l."userId" = NEW."userId";
    UPDATE lane SET pending = pending + pending_delta, open = open + is_open_now::int, "nextSeq" = GREATEST("nextSeq", NEW.seq + 1),
           "openSeconds" = "openSeconds" + CASE WHEN is_open_now THEN COALESCE(NEW."announcedSeconds", 0) ELSE 0 END
     WHERE "userId" = NEW."userId";
    RETURN NULL;
  END IF;
  was_open := OLD.state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING');
  IF TG_OP = 'DELETE' THEN
    IF NOT was_open THEN RETURN NULL; END IF;
    INSERT INTO depth (state, engine, files) VALUES (OLD.state, OLD.engine, -1);
    UPDATE lane SET pending = pending - (OLD.state = 'PENDING')::int, open = open - 1,
           "openSeconds" = "openSeconds" - COALESCE(OLD."announcedSeconds", 0) WHERE "userId" = OLD."userId";
    IF OLD."burstId" IS NOT NULL THEN
      PERFORM bundle_close(OLD."burstId");
      PERFORM albums_release(OLD."burstId");
    END IF;
    RETURN NULL;
  END IF;
  IF OLD.state = NEW.state THEN
    IF was_open AND OLD.engine IS DISTINCT FROM NEW.engine THEN
      INSERT INTO depth (state, engine, files) VALUES (OLD.state, OLD.engine, -1), (NEW.state, NEW.engine, 1);
    END IF;
    RETURN NULL;
  END IF;
  is_open_now := NEW.state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING');
  IF was_open AND is_open_now THEN
    INSERT INTO depth (state, engine, files) VALUES (OLD.state, OLD.engine, -1), (NEW.state, NEW.engine, 1);
  ELSIF was_open THEN
    INSERT INTO depth (state, engine, files) VALUES (OLD.state, OLD.engine, -1);
  ELSIF is_open_now THEN
    INSERT INTO depth (state, engine, files) VALUES (NEW.state, NEW.engine, 1);
  END IF;
  -- Before the lane changes: the history has the fence and the holder of the claim that ends here.
  INSERT INTO state_change ("transcriptionId", "userId", "fromState", "toState", fence, holder, "errorCode")
  SELECT NEW.id, NEW."userId", OLD.state, NEW.state, l.fence, l.holder,
         -- errorCode stays on the row during the next attempt; only the end of an attempt records it.
         CASE WHEN OLD.state = 'PROCESSING' AND NEW.state IN ('QUEUED', 'FAILED') THEN NEW."errorCode" END
    FROM (SELECT 1) AS one LEFT JOIN lane l ON l."userId" = NEW."userId";
  IF NEW.state = 'PENDING' THEN
    pending_delta := 1;
  ELSIF OLD.state = 'PENDING' AND NEW.state <> 'QUEUED' THEN
    pending_delta := -1;
  END IF;
  IF was_open AND NOT is_open_now THEN
    UPDATE lane SET pending = pending + pending_delta, open = open - 1,
           "openSeconds" = "openSeconds" - COALESCE(NEW."announcedSeconds", 0),
           "activeId" = NULLIF("activeId", NEW.id),
           fence = fence + CASE WHEN "activeId" = NEW.id THEN 1 ELSE 0 END,
           holder = CASE WHEN "activeId" = NEW.id THEN NULL ELSE holder END,
           "leaseUntil" = CASE WHEN "activeId" = NEW.id THEN NULL ELSE "leaseUntil" END
     WHERE "userId" = NEW."userId";
    IF NEW."burstId" IS NOT NULL THEN
      PERFORM bundle_close(NEW."burstId");
      PERFORM albums_release(NEW."burstId");
    END IF;
  ELSIF pending_delta <> 0 OR is_open_now <> was_open THEN
    UPDATE lane SET pending = pending + pending_delta, open = open + (NOT was_open)::int,
           "openSeconds" = "openSeconds" + CASE WHEN was_open THEN 0 ELSE COALESCE(NEW."announcedSeconds", 0) END
     WHERE "userId" = NEW."userId";
  END IF;
  IF OLD.state = 'FAILED' THEN DELETE FROM worker_loss WHERE "transcriptionId" = NEW.id; END IF;
  RETURN NULL;
END $$;

-- Returns a text as it is searched: letters without marks and in one form each, one script of digits, lower case, words
-- separated by spaces, and a half-space (U+200C) where Persian writes a half-space, a space or nothing.
-- features/history/search-words.ts does the same, and a test compares the two: matches are marked in the text by that one.
-- Locks: none
-- Called by: search_words
CREATE OR REPLACE FUNCTION search_form(p_text text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  form text := lower(normalize(p_text, NFKD));
BEGIN
  form := regexp_replace(form, '[\u00ad\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+', '', 'g');
  form := translate(form, 'ىيےكڪہھەةٱς٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', 'یییککههههاσ01234567890123456789');
  form := regexp_replace(form, '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u060c\u061b\u061e\u061f\u066a-\u066d\u06d4\u2000-\u200b\u2010-\u2029\u202f-\u205f\u206a-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u303f\ufd3e\ufd3f\ufe10-\ufe6f]+', ' ', 'g');
  -- می روم, کتاب ها and خانه ی get a half-space. خانه‌ی is another spelling of خانهٔ.
  form := regexp_replace(form, '(^| )(ن?می) (?=[^ ])', E'\\1\\2\u200c', 'g');
  form := regexp_replace(form, ' (ها|های|هایی|هایم|هایت|هایش|هایمان|هایتان|هایشان|تر|ترین|ام|ای|اند|ایم|اید|اش|ات|ی)(?= |$)', E'\u200c\\1', 'g');
  RETURN regexp_replace(form, 'ه\u200c+ی(?= |$)', 'ه', 'g');
END $$;

-- Returns the first stretch of a text with one of the words in it, about 4,000 characters; null when there is none. It
-- looks at the first 500,000 characters.
-- Locks: none
-- Called by: src/features/history/store.ts
CREATE OR REPLACE FUNCTION search_stretch(p_text text, p_words text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  searched text := left(p_text, 500000);
  wanted tsquery := search_query(0, p_words, true);
  stretch text;
BEGIN
  FOR start IN 1..length(searched) BY 4000 LOOP
    -- Stretches overlap by 300 characters, so that a word on the border is whole in one of them.
    stretch := substr(searched, GREATEST(start - 300, 1), 4300);
    IF search_vector(0, stretch) @@ wanted THEN RETURN stretch; END IF;
  END LOOP;
  RETURN NULL;
END $$;

-- Creates or updates the user's row as Telegram describes them now, and returns it. A user who is known, was seen within
-- the last hour and has not changed costs one read. A user who left, or whose account was erased, becomes an active user.
-- p: {userId, firstName, lastName, username, languageCode}
-- Returns: the row of `user`
-- Locks: the user's row, only when it is written
-- Called by: src/features/accounts/store/accounts.ts, lane_submit
CREATE OR REPLACE FUNCTION account_upsert(p jsonb) RETURNS "user" LANGUAGE plpgsql AS $$
DECLARE
  account "user";
BEGIN
  SELECT * INTO account FROM "user" WHERE id = (p->>'userId')::bigint;
  IF FOUND AND account."lastSeenAt" > now() - interval '1 hour' AND account."leftAt" IS NULL
     AND (account."firstName", account."lastName", account.username, account."languageCode") IS NOT DISTINCT FROM
         (p->>'firstName', p->>'lastName', p->>'username', COALESCE(account."chosenLanguage", p->>'languageCode')) THEN
    RETURN account;
  END IF;
  INSERT INTO "user" (id, "firstName", "lastName", username, "languageCode", "lastSeenAt")
  VALUES ((p->>'userId')::bigint, p->>'firstName', p->>'lastName', p->>'username', p->>'languageCode', now())
  ON CONFLICT (id) DO UPDATE SET "firstName" = EXCLUDED."firstName", "lastName" = EXCLUDED."lastName",
         username = EXCLUDED.username, "languageCode" = COALESCE("user"."chosenLanguage", EXCLUDED."languageCode"),
         "lastSeenAt" = now(), "leftAt" = NULL, "erasedAt" = NULL
  RETURNING * INTO account;
  RETURN account;
END $$;

-- Deletes what a user has besides transcriptions, p_limit rows of each table at a time, and then the account. A
-- block, limits of the user's own, and the usage and the spend of the last 31 days stay, because access, quotas and budgets
-- depend on them; the row keeps nothing else about the user.
-- Returns: {left: true when something is left and the caller has to call again, stays: true when the row of `user` stays}
-- Locks: the user's lane, then the rows it deletes
-- Called by: src/features/my-data/store/erasures.ts
CREATE OR REPLACE FUNCTION erase_account(p_user bigint, p_limit int) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  gone int;
  deleted int := 0;
  account "user";
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  PERFORM 1 FROM transcription WHERE "userId" = p_user;
  IF FOUND THEN RETURN '{"left": true, "stays": false}'; END IF;
  DELETE FROM usage WHERE "transcriptionId" IN (
    SELECT "transcriptionId" FROM usage WHERE "userId" = p_user AND "endedAt" < now() - interval '31 days' LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; deleted := deleted + gone;
  DELETE FROM feedback WHERE "transcriptionId" IN (SELECT "transcriptionId" FROM feedback WHERE "userId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; deleted := deleted + gone;
  DELETE FROM glossary_entry WHERE id IN (SELECT id FROM glossary_entry WHERE "userId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; deleted := deleted + gone;
  DELETE FROM voiceprint WHERE id IN (SELECT id FROM voiceprint WHERE "userId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; deleted := deleted + gone;
  DELETE FROM burst WHERE id IN (SELECT id FROM burst WHERE "userId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; deleted := deleted + gone;
  DELETE FROM understanding_task WHERE id IN (SELECT id FROM understanding_task WHERE "userId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; deleted := deleted + gone;
  DELETE FROM understanding_spend WHERE id IN (
    SELECT id FROM understanding_spend WHERE "userId" = p_user AND at < now() - interval '31 days' LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; deleted := deleted + gone;
  DELETE FROM minutes_template WHERE id IN (SELECT id FROM minutes_template WHERE "userId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; deleted := deleted + gone;
  -- Transcriptions of others that this user paid for belong to their senders. They stay, without the payer.
  UPDATE transcription SET "payerId" = NULL
   WHERE id IN (SELECT id FROM transcription WHERE "payerId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; deleted := deleted + gone;
  IF deleted > 0 THEN RETURN '{"left": true, "stays": false}'; END IF;
  DELETE FROM setting WHERE "userId" = p_user;
  DELETE FROM history_view WHERE "userId" = p_user;
  DELETE FROM export WHERE "userId" = p_user;
  DELETE FROM secretary_connection WHERE "userId" = p_user;
  DELETE FROM admin_link WHERE "userId" = p_user;
  DELETE FROM admin_session WHERE "userId" = p_user;
  -- In these groups automatic mode has no payer now. It ends with the next upload, and the group gets a message.
  UPDATE group_setting SET "automaticById" = NULL WHERE "automaticById" = p_user;
  DELETE FROM chat WHERE id = p_user;
  UPDATE "user" SET "firstName" = '', "lastName" = NULL, username = NULL, "languageCode" = NULL, "chosenLanguage" = NULL,
         role = 'USER', "admittedAt" = NULL, "lastSeenAt" = NULL, "refusalToldAt" = NULL, "wantsBroadcasts" = true,
         "alertsMutedUntil" = NULL, "createdAt" = now(), "leftAt" = now(), "erasedAt" = now()
   WHERE id = p_user RETURNING * INTO account;
  IF account."blockedAt" IS NULL AND COALESCE(account."minutesADay", account."minutesAMonth", account."maxOpenFiles") IS NULL
     AND NOT EXISTS (SELECT FROM usage WHERE "userId" = p_user)
     AND NOT EXISTS (SELECT FROM understanding_spend WHERE "userId" = p_user) THEN
    DELETE FROM "user" WHERE id = p_user;
    RETURN '{"left": false, "stays": false}';
  END IF;
  RETURN '{"left": false, "stays": true}';
END $$;

-- Lists the next transcriptions of a user whose account is erased, with the messages about each.
-- p_limit: maximum number
-- Returns: [{id, chatId, messageIds}, …], by arrival
-- Locks: none
-- Called by: src/features/my-data/store/erasures.ts
CREATE OR REPLACE FUNCTION erasure_files(p_user bigint, p_limit int) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT COALESCE(jsonb_agg(jsonb_build_object('id', t.id, 'chatId', t."chatId", 'messageIds', (
           SELECT COALESCE(jsonb_agg(DISTINCT message), '[]') FROM (
             SELECT "messageId" AS message FROM answer_message a WHERE a."transcriptionId" = t.id AND a."chatId" = t."chatId"
             UNION ALL SELECT t."statusMessageId" WHERE t."statusMessageId" IS NOT NULL) AS messages))), '[]')
    FROM (SELECT * FROM transcription WHERE "userId" = p_user ORDER BY seq LIMIT p_limit) AS t $$;

-- Ends the active transcription: sets its state, which frees the slot (apply_state_change), writes its deliveries and
-- promotes the next one. The caller holds the lane's lock.
-- p_error, p_details: why it FAILED, else null
-- p_deliveries: [{kind, part, payload}, …]
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- p_deliver_ms: time for which only the caller sends the answer, in ms; null: nothing is sent
-- Returns: the token of the next transcription, or null
-- Locks: the transcription; the lane is locked already
-- Called by: burst_cancel, lane_cancel, lane_finish, lane_force_release, lane_requeue, lane_sweep
CREATE OR REPLACE FUNCTION lane_end(p_id bigint, p_user bigint, p_state transcription_state, p_error text, p_details jsonb,
  p_deliveries jsonb, p_dispatch_ms double precision, p_deliver_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  UPDATE transcription SET state = p_state, "errorCode" = p_error, "errorDetails" = p_details,
         "finishedAt" = clock_timestamp(),
         "deliverAfter" = CASE WHEN p_deliver_ms IS NOT NULL THEN clock_timestamp() + milliseconds(p_deliver_ms) END
   WHERE id = p_id;
  INSERT INTO delivery ("transcriptionId", kind, part, payload)
  SELECT p_id, d->>'kind', (d->>'part')::int, d->'payload' FROM jsonb_array_elements(p_deliveries) AS d;
  RETURN lane_promote(p_user, p_dispatch_ms);
END $$;

-- Gives a transcription that has just got its engine its position in the lane: the slot, when its state is QUEUED. The caller
-- holds the lane's lock.
-- p_state: QUEUED when the lane is free, else PENDING
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- p_is_users_choice: true when the user chose the engine for this upload, so that it is their last choice (engine_chosen)
-- Returns: {outcome: chosen, state, before: how many come first, next: the token to send, or null}
-- Locks: the user's row of `setting`, when it is the user's choice; as lane_promote
-- Called by: lane_choose, lane_submit, secretary_submit
CREATE OR REPLACE FUNCTION lane_enter(p_id bigint, p_user bigint, p_seq int, p_state transcription_state, p_engine text,
  p_dispatch_ms double precision, p_is_users_choice boolean) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  new_fence int;
  next jsonb;
BEGIN
  IF p_is_users_choice THEN PERFORM engine_chosen(p_user, p_engine); END IF;
  IF p_state = 'QUEUED' THEN
    UPDATE lane SET "activeId" = p_id, fence = fence + 1, holder = NULL,
           "leaseUntil" = clock_timestamp() + milliseconds(p_dispatch_ms)
     WHERE "userId" = p_user RETURNING fence INTO new_fence;
    RETURN jsonb_build_object('outcome', 'chosen', 'state', p_state, 'before', 0,
                              'next', lane_token(p_id, new_fence, p_engine));
  END IF;
  next := lane_promote(p_user, p_dispatch_ms);
  RETURN jsonb_build_object('outcome', 'chosen', 'state', CASE WHEN (next->>'id')::bigint = p_id THEN 'QUEUED' ELSE 'PENDING' END,
                            'before', lane_before(p_user, p_seq), 'next', next);
END $$;

-- Commits the end of a job: usage, transcript, state and deliveries, and promotes the next transcription. When its user
-- asked to cancel it, it is CANCELLED. A transcription that goes into one document sends only its status. The end of one of a
-- burst is not announced while others of it are open, or one document follows.
-- p_fence: the fence of the claim
-- p: {state, errorCode, errorDetails, transcript, deliveries, usage}
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- p_deliver_ms: time for which only the worker sends the answer, in ms
-- Returns: {result: committed | cancelled | lost, next: the token to send, or null, isBundled, and for one of a burst
--   burst: {statusMessageId: its own status message, or null, hasMore: whether the end is not announced}}
-- Locks: the user's lane, then the transcription
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_finish(p_id bigint, p_fence int, p jsonb, p_dispatch_ms double precision, p_deliver_ms double precision)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  p_user bigint;
  payer bigint;
  burst bigint;
  cancelled boolean;
  is_bundling boolean := false;
  has_more boolean := false;
  in_bundle boolean := false;
  status int;
  deliveries jsonb := p->'deliveries';
  result jsonb := '{}';
  next jsonb;
BEGIN
  SELECT "userId" INTO p_user FROM lane WHERE "activeId" = p_id AND fence = p_fence FOR UPDATE;
  IF NOT FOUND THEN RETURN jsonb_build_object('result', 'lost', 'next', NULL); END IF;
  SELECT "payerId", "burstId", "cancelRequestedAt" IS NOT NULL, "statusMessageId" INTO payer, burst, cancelled, status
    FROM transcription WHERE id = p_id;
  IF burst IS NOT NULL THEN
    is_bundling := is_bundled(p_id);
    has_more := is_bundling OR EXISTS (SELECT FROM transcription WHERE "burstId" = burst AND id <> p_id AND is_open(state));
    result := jsonb_build_object('burst', jsonb_build_object('statusMessageId', status, 'hasMore', has_more));
    IF has_more THEN
      SELECT jsonb_agg(d #- '{payload,isAnnounced}') INTO deliveries FROM jsonb_array_elements(deliveries) AS d;
    END IF;
  END IF;
  PERFORM usage_record(p_id, p_user, payer, p->'usage');
  IF cancelled THEN
    next := lane_end(p_id, p_user, 'CANCELLED', NULL, NULL, status_only('{"kind": "cancelled"}'), p_dispatch_ms, p_deliver_ms);
    RETURN result || jsonb_build_object('result', 'cancelled', 'next', next);
  END IF;
  IF p->'transcript' <> 'null' THEN
    INSERT INTO transcript ("transcriptionId", "userId", engine, language, "languageProbability", "durationSeconds", text, segments)
    SELECT p_id, p_user, t.engine, t.language, t."languageProbability", t."durationSeconds", t.text, t.segments
      FROM jsonb_to_record(p->'transcript') AS t(engine text, language text, "languageProbability" float8,
           "durationSeconds" float8, text text, segments jsonb);
    in_bundle := is_bundling;
    DELETE FROM chunk WHERE "transcriptionId" = p_id;
  END IF;
  next := lane_end(p_id, p_user, (p->>'state')::transcription_state, p->>'errorCode', p->'errorDetails',
                   CASE WHEN in_bundle THEN bundled_deliveries(deliveries) ELSE deliveries END,
                   p_dispatch_ms, CASE WHEN in_bundle THEN 0 ELSE p_deliver_ms END);
  RETURN result || jsonb_build_object('result', 'committed', 'next', next, 'isBundled', in_bundle);
END $$;

-- Takes a transcription from its holder, for an admin: it is QUEUED again at once, or CANCELLED when its user asked for
-- that. It does not count as an attempt.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: {state: of the transcription that was active, token: to send}; null where there is nothing
-- Locks: the user's lane, then the transcription
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_force_release(p_user bigint, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  l lane;
  row transcription;
  token jsonb;
BEGIN
  SELECT * INTO l FROM lane WHERE "userId" = p_user FOR UPDATE;
  IF l."activeId" IS NULL THEN
    RETURN jsonb_build_object('state', NULL, 'token', lane_promote(p_user, p_dispatch_ms));
  END IF;
  SELECT * INTO row FROM transcription WHERE id = l."activeId";
  IF row."cancelRequestedAt" IS NOT NULL THEN
    token := lane_end(row.id, p_user, 'CANCELLED', NULL, NULL, status_only('{"kind": "cancelled"}'), p_dispatch_ms, 0);
  ELSE
    UPDATE lane SET fence = fence + 1, holder = NULL, "leaseUntil" = clock_timestamp() + milliseconds(p_dispatch_ms)
     WHERE "userId" = p_user;
    -- A running attempt is forgotten, with the error of the one before it. A file that waits for its next attempt keeps
    -- its error, which is the reason of the wait.
    UPDATE transcription SET state = 'QUEUED', "runAfter" = clock_timestamp(),
           attempts = attempts - CASE WHEN state = 'PROCESSING' THEN 1 ELSE 0 END,
           "errorCode" = CASE WHEN state = 'PROCESSING' THEN NULL ELSE "errorCode" END,
           "errorDetails" = CASE WHEN state = 'PROCESSING' THEN NULL ELSE "errorDetails" END WHERE id = row.id;
    token := lane_token(row.id, l.fence + 1, row.engine);
  END IF;
  RETURN jsonb_build_object('state', row.state, 'token', token);
END $$;

-- Fills an empty slot with the first PENDING transcription, which becomes QUEUED. The caller holds the lane's lock.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: its token, or null when the slot is taken or none waits
-- Locks: the transcription; the lane is locked already
-- Called by: burst_choose, lane_delete, lane_end, lane_enter, lane_force_release, lane_reopen, lane_sweep
CREATE OR REPLACE FUNCTION lane_promote(p_user bigint, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  next_id bigint;
  next_engine text;
  new_fence int;
BEGIN
  -- Most lanes have nothing that waits; this reads their row alone.
  PERFORM 1 FROM lane WHERE "userId" = p_user AND "activeId" IS NULL AND pending > 0;
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT id, engine INTO next_id, next_engine FROM transcription
   WHERE "userId" = p_user AND state = 'PENDING' ORDER BY seq LIMIT 1;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE lane SET "activeId" = next_id, fence = fence + 1, holder = NULL, pending = pending - 1,
         "leaseUntil" = clock_timestamp() + milliseconds(p_dispatch_ms)
   WHERE "userId" = p_user RETURNING fence INTO new_fence;
  UPDATE transcription SET state = 'QUEUED' WHERE id = next_id;
  RETURN lane_token(next_id, new_fence, next_engine);
END $$;

-- Takes an upload: makes its user, chat, lane and transcription. The same upload again returns the row that is there. A full
-- lane and a used-up quota refuse it.
-- It enters the lane at once when its engine is known and takes jobs: the one of the caption, else the user's default, else
-- the only one. The only one does not start where the user last chose another one, whose absence may be short: the audio
-- might else go to a service that the user did not choose. Otherwise, and when the user has an earlier transcript of the same
-- file (lane_earlier), the transcription is CHOOSING.
-- p: {userId, firstName, lastName, username, languageCode, chatId, chatType, chatTitle, uploadKey, messageId, threadId,
--   kind, fileId, fileUniqueId, fileName, mimeType, fileSize, announcedSeconds, senderName, paidBy, formats, language,
--   speakers, sentAtSeconds, engine: that of the caption, or null, and the limits: maxOpenFiles, maxOpenSeconds, timeZone,
--   minutesADay, minutesAMonth, pickerOverdueMs (time after which choosing_unshown takes a transcription without a status
--   message, in ms)}. Optional: engines: ids of those that take jobs, with dispatchMs and maxReusedSeconds, as lane_choose
--   has them; without, the transcription is CHOOSING.
-- Returns: {outcome: accepted, id, created, state, statusMessageId, msSincePrevious: time since the user's transcription
--   before it, or null for the first, lastEngine, defaultEngine, choice: null while it is CHOOSING without an engine, else
--   {engine, …lane_enter} | {engine, outcome: earlier, earlier: as lane_earlier}}
--   | {outcome: full, limit: files | minutes, max} | as quota_refusal
-- Locks: the user's row when it changes, then their lane and the payer's, in the order of ids; as lane_enter
-- Called by: group_submit, lane_copy, secretary_submit, src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_submit(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  p_user bigint := (p->>'userId')::bigint;
  p_payer bigint := COALESCE((p->>'paidBy')::bigint, p_user);
  max_files int;
  max_month int;
  max_day int;
  payer_open int;
  l lane;
  row_id bigint;
  row_state transcription_state;
  row_status int;
  is_new boolean;
  seconds int := COALESCE((p->>'announcedSeconds')::int, 0);
  refusal jsonb;
  last_engine text;
  default_engine text;
  speech_language text;
  row_formats text[];
  row_language text;
  wanted text;
  earlier jsonb;
  row_seq int;
  row_created timestamptz;
  choice jsonb;
BEGIN
  SELECT "maxOpenFiles", "minutesAMonth", "minutesADay" INTO max_files, max_month, max_day FROM account_upsert(p);
  INSERT INTO chat (id, type, title) VALUES ((p->>'chatId')::bigint, p->>'chatType', p->>'chatTitle')
  ON CONFLICT (id) DO NOTHING;
  -- Locks the payer's lane too: files that several users send at the same time must not fit into the same rest of a quota.
  -- The order of ids prevents a deadlock of two users who pay for each other.
  IF p_payer <> p_user THEN
    INSERT INTO lane ("userId") VALUES (LEAST(p_user, p_payer)), (GREATEST(p_user, p_payer)) ON CONFLICT DO NOTHING;
    PERFORM 1 FROM lane WHERE "userId" IN (p_user, p_payer) ORDER BY "userId" FOR UPDATE;
    SELECT "minutesAMonth", "minutesADay" INTO max_month, max_day FROM "user" WHERE id = p_payer;
  END IF;
  SELECT * INTO l FROM lane WHERE "userId" = p_user FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO lane ("userId") VALUES (p_user) ON CONFLICT DO NOTHING;
    SELECT * INTO l FROM lane WHERE "userId" = p_user FOR UPDATE;
  END IF;
  SELECT s."lastEngine", s."defaultEngine", s."speechLanguage" INTO last_engine, default_engine, speech_language
    FROM setting s WHERE s."userId" = p_user;
  SELECT id, state, "statusMessageId", seq, "createdAt" INTO row_id, row_state, row_status, row_seq, row_created FROM transcription WHERE "uploadKey" = p->>'uploadKey';
  is_new := NOT FOUND;
  IF is_new THEN
    max_files := COALESCE(max_files, (p->>'maxOpenFiles')::int);
    IF l.open >= max_files THEN RETURN jsonb_build_object('outcome', 'full', 'limit', 'files', 'max', max_files); END IF;
    -- An empty lane accepts a file of any length; the quota checks it.
    IF l.open > 0 AND l."openSeconds" + seconds > (p->>'maxOpenSeconds')::int THEN
      RETURN jsonb_build_object('outcome', 'full', 'limit', 'minutes', 'max', round((p->>'maxOpenSeconds')::int / 60.0));
    END IF;
    max_month := COALESCE(max_month, (p->>'minutesAMonth')::int);
    max_day := COALESCE(max_day, (p->>'minutesADay')::int);
    IF max_month >= 0 OR max_day >= 0 THEN
      payer_open := open_seconds(p_payer);
      -- Checks the month first: a daily reset does not help when the month is used up.
      refusal := COALESCE(quota_refusal(p_payer, p->>'timeZone', 'month', 30, max_month, payer_open, seconds),
                          quota_refusal(p_payer, p->>'timeZone', 'day', 1, max_day, payer_open, seconds));
      IF refusal IS NOT NULL THEN RETURN refusal; END IF;
    END IF;
    row_formats := ARRAY(SELECT jsonb_array_elements_text(COALESCE(p->'formats', '[]')));
    row_language := COALESCE(p->>'language', speech_language);
    row_state := 'CHOOSING';
    IF p ? 'engines' THEN
      wanted := COALESCE(p->>'engine', default_engine,
        CASE WHEN jsonb_array_length(p->'engines') = 1 THEN COALESCE(last_engine, p->'engines'->>0) END);
      IF NOT p->'engines' ? wanted THEN wanted := NULL; END IF;
    END IF;
    IF wanted IS NOT NULL THEN
      earlier := lane_earlier(p_user, p->>'fileUniqueId', wanted, row_language, (p->>'speakers')::int, row_formats,
                              (p->>'maxReusedSeconds')::float8);
      IF earlier IS NOT NULL THEN choice := jsonb_build_object('engine', wanted, 'outcome', 'earlier', 'earlier', earlier);
      ELSIF l."activeId" IS NULL AND l.pending = 0 THEN row_state := 'QUEUED';
      ELSE row_state := 'PENDING';
      END IF;
    END IF;
    -- A trigger raises nextSeq (apply_state_change).
    INSERT INTO transcription ("userId", seq, state, engine, "uploadKey", "chatId", "messageId", "threadId", kind, "fileId",
      "fileUniqueId", "fileName", "mimeType", "fileSize", "announcedSeconds", "senderName", "payerId", formats, language, speakers, "sentAt", "runAfter")
    VALUES (p_user, l."nextSeq", row_state, CASE WHEN row_state <> 'CHOOSING' THEN wanted END, p->>'uploadKey',
      (p->>'chatId')::bigint, (p->>'messageId')::int, (p->>'threadId')::int, p->>'kind', p->>'fileId', p->>'fileUniqueId',
      p->>'fileName', p->>'mimeType', (p->>'fileSize')::bigint, (p->>'announcedSeconds')::int, p->>'senderName',
      NULLIF(p_payer, p_user), row_formats, row_language, (p->>'speakers')::int,
      to_timestamp((p->>'sentAtSeconds')::bigint), clock_timestamp() + milliseconds(
        CASE WHEN row_state = 'CHOOSING' THEN (p->>'pickerOverdueMs')::float8 ELSE 0 END))
    RETURNING id, seq, "createdAt" INTO row_id, row_seq, row_created;
    IF row_state <> 'CHOOSING' THEN
      choice := lane_enter(row_id, p_user, l."nextSeq", row_state, wanted, (p->>'dispatchMs')::float8, true)
        || jsonb_build_object('engine', wanted);
      row_state := choice->>'state';
    END IF;
  END IF;
  RETURN jsonb_build_object('outcome', 'accepted', 'id', row_id, 'created', is_new, 'state', row_state,
    'statusMessageId', row_status, 'lastEngine', last_engine, 'defaultEngine', default_engine,
    'msSincePrevious', (SELECT EXTRACT(EPOCH FROM row_created - previous."createdAt") * 1000 FROM transcription previous
                         WHERE previous."userId" = p_user AND previous.seq < row_seq ORDER BY previous.seq DESC LIMIT 1),
    'choice', choice);
END $$;

-- Returns a token: the transcription whose turn it is, the lane's fence and the engine.
-- Returns: {id, fence, engine}
-- Locks: none
-- Called by: lane_enter, lane_finished, lane_force_release, lane_promote, lane_requeue, lane_sweep, src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_token(p_id bigint, p_fence int, p_engine text) RETURNS jsonb LANGUAGE sql IMMUTABLE
  RETURN jsonb_build_object('id', p_id, 'fence', p_fence, 'engine', p_engine);

-- Returns deliveries of an answer that is only a status message.
-- p_view: the payload (domain/delivery.ts)
-- Locks: none
-- Called by: lane_finish, lane_force_release, lane_requeue, lane_sweep
CREATE OR REPLACE FUNCTION status_only(p_view jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE
  RETURN jsonb_build_array(jsonb_build_object('kind', 'status', 'part', 0, 'payload', p_view));

-- Sums up what ended and what was used from p_from (inclusive) to p_until (exclusive), by engine and by ten minutes.
-- p_engines: the engines to count, so that each is looked up in an index
-- Returns: rows in the shape of `activity`
-- Locks: none
-- Called by: activity_store, activity_since
CREATE OR REPLACE FUNCTION activity_between(p_from timestamptz, p_until timestamptz, p_engines text[]) RETURNS SETOF activity
LANGUAGE sql STABLE AS $$
  WITH ended AS (
    SELECT t.id, t.engine, t.state, t."finishedAt", t."startedAt", t."createdAt"
      FROM unnest(p_engines) AS name JOIN transcription t
        ON t.engine = name AND t.state = 'COMPLETED' AND t."finishedAt" >= p_from AND t."finishedAt" < p_until
    UNION ALL
    SELECT t.id, t.engine, t.state, t."finishedAt", t."startedAt", t."createdAt"
      FROM unnest(p_engines) AS name JOIN transcription t
        ON t.engine = name AND t.state = 'FAILED' AND t."finishedAt" >= p_from AND t."finishedAt" < p_until
  ), timed AS (
    SELECT ended.*, GREATEST(0, EXTRACT(EPOCH FROM "startedAt" - COALESCE(
             (SELECT min(s.at) FROM state_change s WHERE s."transcriptionId" = ended.id AND s."toState" IN ('PENDING', 'QUEUED')),
             "createdAt"))) AS wait
      FROM ended
  ), files AS (
    SELECT ten_minutes("finishedAt") AS since, engine, count(*) FILTER (WHERE state = 'COMPLETED') AS completed,
           count(*) FILTER (WHERE state = 'FAILED') AS failed, count(wait) AS waited, sum(wait) AS waits, max(wait) AS max_wait
      FROM timed GROUP BY 1, 2
  ), used AS (
    SELECT ten_minutes("endedAt") AS since, engine, sum("audioSeconds") AS seconds,
           sum(cost) FILTER (WHERE currency = 'USD') AS usd, sum(cost) FILTER (WHERE currency = 'IRT') AS irt
      FROM usage WHERE "endedAt" >= p_from AND "endedAt" < p_until AND engine = ANY(p_engines) GROUP BY 1, 2
  )
  SELECT since, engine, COALESCE(completed, 0)::int, COALESCE(failed, 0)::int, COALESCE(seconds, 0),
         COALESCE(waited, 0)::int, COALESCE(waits, 0)::float8, COALESCE(max_wait, 0)::float8, COALESCE(usd, 0), COALESCE(irt, 0)
    FROM files FULL JOIN used USING (since, engine) $$;

-- Takes the next turn of a bot in a chat, for all its processes together.
-- p_chat, p_kind: the chat, and whether it is a send or an edit; each is limited on its own
-- p_messages: number of messages that the call shows
-- p_burst, p_every_ms: number of messages that may come at once, and the interval of the next ones, in ms
-- p_max_wait_ms: maximum wait, in ms; a longer one takes no turn
-- Returns: the time until the turn, in ms; greater than p_max_wait_ms when none was taken
-- Locks: the row of chat_turn
-- Called by: src/store/chat-turns.ts
CREATE OR REPLACE FUNCTION chat_turn_take(p_chat bigint, p_kind text, p_messages int, p_burst int, p_every_ms double precision,
                               p_max_wait_ms double precision) RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE
  was timestamptz;
  moment timestamptz;
  wait double precision;
BEGIN
  INSERT INTO chat_turn ("chatId", kind, due) VALUES (p_chat, p_kind, clock_timestamp()) ON CONFLICT DO NOTHING;
  SELECT due INTO was FROM chat_turn WHERE "chatId" = p_chat AND kind = p_kind FOR UPDATE;
  moment := clock_timestamp();
  -- The row was pruned in between: no turn was taken there for long.
  was := COALESCE(was, moment);
  wait := GREATEST(0, EXTRACT(EPOCH FROM was - moment) * 1000 - (p_burst - 1) * p_every_ms);
  IF wait <= p_max_wait_ms THEN
    UPDATE chat_turn SET due = GREATEST(was, moment + milliseconds(wait)) + milliseconds(p_messages * p_every_ms)
     WHERE "chatId" = p_chat AND kind = p_kind;
  END IF;
  RETURN wait;
END $$;

-- Adds up the oldest rows of `depth` into one row for each state and engine. Calls at the same time take different rows.
-- p_min: does nothing when there are fewer rows
-- p_max: maximum number of rows to fold
-- Returns: the number of rows that were folded
-- Locks: the rows it folds; rows that are locked are skipped
-- Called by: src/store/overview.ts
CREATE OR REPLACE FUNCTION depth_fold(p_min int, p_max int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  folded int;
BEGIN
  IF (SELECT count(*) FROM (SELECT 1 FROM depth LIMIT p_min) AS some_rows) < p_min THEN RETURN 0; END IF;
  WITH old AS (
    DELETE FROM depth WHERE id IN (SELECT id FROM depth ORDER BY id LIMIT p_max FOR UPDATE SKIP LOCKED)
    RETURNING state, engine, files
  ), sums AS (
    INSERT INTO depth (state, engine, files)
    SELECT state, engine, sum(files) FROM old GROUP BY state, engine HAVING sum(files) <> 0
  )
  SELECT count(*) INTO folded FROM old;
  RETURN folded;
END $$;

-- Removes a misspelling (what an engine wrote in its place) from a glossary entry. An entry that was learnt from
-- corrections and has no misspelling left is deleted.
-- Locks: the entry
-- Called by: correction_forget, glossary_learn
CREATE OR REPLACE FUNCTION glossary_forget(p_user bigint, p_misspelling text, p_spelling text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE glossary_entry SET misspellings = array_remove(misspellings, p_misspelling), "changedAt" = now()
   WHERE "userId" = p_user AND spelling = p_spelling;
  DELETE FROM glossary_entry WHERE "userId" = p_user AND spelling = p_spelling AND learnt AND cardinality(misspellings) = 0;
END $$;

-- Adds a spelling to a user's glossary, or a misspelling to it. A misspelling belongs to one spelling, the latest. An
-- entry keeps its last 20 misspellings, the latest first, so that a job compares a limited number.
-- p_misspelling: what an engine wrote in its place, or null
-- p_spelling: the spelling the user wants
-- p_learnt: true when it comes from a correction, false when the user typed it
-- p_max: maximum number of entries
-- Returns: learnt | full
-- Locks: the user's row (NO KEY UPDATE), then the entries
-- Called by: src/features/glossary/store.ts, src/features/corrections/store.ts, correction_apply
CREATE OR REPLACE FUNCTION glossary_learn(p_user bigint, p_misspelling text, p_spelling text, p_learnt boolean, p_max int) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  moved text[];
BEGIN
  PERFORM 1 FROM "user" WHERE id = p_user FOR NO KEY UPDATE;
  PERFORM 1 FROM glossary_entry WHERE "userId" = p_user AND spelling = p_spelling;
  IF NOT FOUND AND (SELECT count(*) FROM glossary_entry WHERE "userId" = p_user) >= p_max THEN RETURN 'full'; END IF;
  DELETE FROM glossary_entry WHERE "userId" = p_user AND spelling = p_misspelling AND spelling <> p_spelling AND learnt
    RETURNING misspellings INTO moved;
  PERFORM glossary_forget(p_user, p_misspelling, spelling) FROM glossary_entry
    WHERE "userId" = p_user AND p_misspelling = ANY (misspellings) AND spelling <> p_spelling;
  INSERT INTO glossary_entry ("userId", spelling, misspellings, learnt)
  VALUES (p_user, p_spelling,
          array_remove(array_remove(ARRAY[p_misspelling] || COALESCE(moved, '{}'), p_spelling), NULL), p_learnt)
  ON CONFLICT ("userId", spelling) DO UPDATE SET "changedAt" = now(), learnt = glossary_entry.learnt AND EXCLUDED.learnt,
     misspellings = ARRAY(SELECT form FROM unnest(EXCLUDED.misspellings || glossary_entry.misspellings) WITH ORDINALITY AS forms(form, place)
                    GROUP BY form ORDER BY min(place) LIMIT 20);
  RETURN 'learnt';
END $$;

-- Changes the spelling of a glossary entry. When an entry with the new spelling exists, it takes over the misspellings.
-- Returns: false when the user has no such entry
-- Locks: the user's row (NO KEY UPDATE), then the entries
-- Called by: src/features/glossary/store.ts
CREATE OR REPLACE FUNCTION glossary_rename(p_user bigint, p_entry bigint, p_spelling text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  this glossary_entry;
BEGIN
  PERFORM 1 FROM "user" WHERE id = p_user FOR NO KEY UPDATE;
  DELETE FROM glossary_entry WHERE id = p_entry AND "userId" = p_user RETURNING * INTO this;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO glossary_entry ("userId", spelling, misspellings, learnt)
  VALUES (p_user, p_spelling, array_remove(this.misspellings || this.spelling, p_spelling), false)
  ON CONFLICT ("userId", spelling) DO UPDATE SET "changedAt" = now(), learnt = false,
     misspellings = ARRAY(SELECT DISTINCT unnest(glossary_entry.misspellings || EXCLUDED.misspellings));
  RETURN true;
END $$;

-- Returns the words by which a text is found, 40 letters of each at most: a word with half-spaces counts as one, and its
-- pieces count too.
-- Locks: none
-- Called by: search_vector
CREATE OR REPLACE FUNCTION search_words(p_text text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT COALESCE(array_agg(DISTINCT form), '{}')
    FROM string_to_table(search_form(p_text), ' ') AS word,
         LATERAL (SELECT left(replace(word, U&'\200C', ''), 40) AS form
                  UNION ALL SELECT left(piece, 40) FROM string_to_table(word, U&'\200C') AS piece
                   WHERE word LIKE U&'%\200C%') AS forms
   WHERE form <> '' $$;

-- Corrects a transcript: stores its new text, what undoes the correction and what is learnt from it, and adds the
-- delivery with which a worker changes the messages that were sent.
-- p_revision: the revision that the caller has read
-- p: {text, segments, pairs, before, places, learn: [{wrong, right}], maxLearnt: maximum glossary entries of a user}
-- Returns: {outcome: corrected, id, learnt: true | false | null} (null: nothing to learn; false: no room),
--   {outcome: stale} when the transcript was changed in between, {outcome: unknown}
-- Locks: the transcription, the transcript, the user's row (glossary_learn)
-- Called by: src/features/corrections/store.ts
CREATE OR REPLACE FUNCTION correction_apply(p_id bigint, p_user bigint, p_revision int, p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  correction_id bigint;
  learnt boolean;
BEGIN
  PERFORM 1 FROM transcription WHERE id = p_id AND "userId" = p_user AND state = 'COMPLETED' FOR UPDATE;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  UPDATE transcript SET text = p->>'text', segments = p->'segments', revision = revision + 1
   WHERE "transcriptionId" = p_id AND revision = p_revision;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'stale'); END IF;
  INSERT INTO correction ("transcriptionId", pairs, before, places)
  VALUES (p_id, p->'pairs', p->'before', ARRAY(SELECT jsonb_array_elements_text(p->'places')::int)) RETURNING id INTO correction_id;
  PERFORM delivery_add(p_id, p_user, 'revision', jsonb_build_object('revision', p_revision + 1));
  SELECT bool_and(glossary_learn(p_user, pair->>'wrong', pair->>'right', true, (p->>'maxLearnt')::int) = 'learnt') INTO learnt
    FROM jsonb_array_elements(p->'learn') AS pair;
  RETURN jsonb_build_object('outcome', 'corrected', 'id', correction_id, 'learnt', learnt);
END $$;

-- Finds the user's latest transcript of the same audio, from the same engine and in the same language. Its speakers must
-- have been told apart as the new upload asks: by its caption, else by the settings. The album of the earlier answer holds
-- the settings of that time.
-- p_file: fileUniqueId
-- p_speakers, p_formats: as transcription has them
-- p_max_seconds: maximum length of the audio that is reused
-- Returns: {id, durationSeconds, language, languageProbability, segments, documents: the settings of this answer}, or
--   null
-- Locks: none
-- Called by: burst_choose, lane_choose, lane_submit
CREATE OR REPLACE FUNCTION lane_earlier(p_user bigint, p_file text, p_engine text, p_language text, p_speakers int,
  p_formats text[], p_max_seconds float8) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', before.id, 'durationSeconds', tr."durationSeconds", 'language', tr.language,
                            'languageProbability', tr."languageProbability", 'segments', tr.segments,
           'documents', CASE WHEN cardinality(p_formats) = 0 THEN s.documents
             ELSE COALESCE(s.documents, '{}') || jsonb_build_object('formats', p_formats) END)
    FROM transcription before
    JOIN transcript tr ON tr."transcriptionId" = before.id AND tr."durationSeconds" <= p_max_seconds
    LEFT JOIN setting s ON s."userId" = p_user
   WHERE before."userId" = p_user AND before."fileUniqueId" = p_file AND before.engine = p_engine
     AND before.state = 'COMPLETED' AND before.language IS NOT DISTINCT FROM p_language
     AND CASE WHEN p_speakers IS NOT NULL THEN before.speakers = p_speakers
              WHEN s.documents->>'speakers' = 'hidden' THEN true
              ELSE COALESCE(s.documents->>'speakers' = 'found', false) = (before.speakers IS NOT NULL OR EXISTS (
                SELECT FROM delivery d WHERE d."transcriptionId" = before.id AND d.kind = 'album' AND d.part = 0
                   AND d.payload->>'speakers' = 'found')) END
   -- The sum keeps PostgreSQL from reading transcription_ended, all files of the engine, in this order.
   ORDER BY before."finishedAt" + interval '0' DESC LIMIT 1 $$;

-- Closes a burst whose user has accepted one document, when its last transcription has ended: adds the deliveries of the
-- document to the first COMPLETED transcription. Does nothing while one is open, or when the burst is not BUNDLING.
-- Returns: nothing
-- Locks: the burst's row, then the row of the transcription that carries the document
-- Called by: burst_bundle, apply_state_change
CREATE OR REPLACE FUNCTION bundle_close(p_burst bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  head bigint;
BEGIN
  PERFORM 1 FROM burst WHERE id = p_burst AND state = 'BUNDLING' FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM 1 FROM transcription WHERE "burstId" = p_burst AND is_open(state);
  IF FOUND THEN RETURN; END IF;
  UPDATE burst SET state = 'BUNDLED' WHERE id = p_burst;
  SELECT id INTO head FROM transcription WHERE "burstId" = p_burst AND state = 'COMPLETED' ORDER BY "sentAt", id LIMIT 1;
  INSERT INTO delivery ("transcriptionId", kind, part, payload)
  SELECT head, 'bundle', part, jsonb_build_object('bundle', p_burst, 'what', what)
    FROM (VALUES (0, 'text'), (1, 'files')) AS wanted(part, what) WHERE head IS NOT NULL
  ON CONFLICT DO NOTHING;
  UPDATE transcription SET "deliverAfter" = COALESCE("deliverAfter", now()), "deliverAttempts" = 0 WHERE id = head;
END $$;

-- Returns the minimum time between two updates of a burst's message: 3 s, later half of the time since the burst began, 30 s
-- at most. Its texts arrive in the meantime, so it need not be as lively as the progress of one file; at the end of the burst
-- it is 3 s again.
-- Locks: none
-- Called by: burst_touch, src/features/bursts/store.ts
CREATE OR REPLACE FUNCTION burst_update_interval(p_burst burst) RETURNS interval LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN EXISTS (SELECT FROM transcription WHERE "burstId" = p_burst.id AND is_open(state))
              THEN GREATEST(interval '3 seconds', LEAST(interval '30 seconds', (now() - p_burst."createdAt") / 2))
              ELSE interval '3 seconds' END $$;

-- Notes that the message of a burst is out of date. The first update is due 0.7 s after the burst began, so that it counts the
-- files that arrive at once; a later one burst_update_interval after the one before it.
-- Returns: nothing; changes nothing when an update is due by then anyway
-- Locks: the burst's row
-- Called by: burst_add, burst_moved
CREATE OR REPLACE FUNCTION burst_touch(p_burst bigint) RETURNS void LANGUAGE sql AS $$
  UPDATE burst SET "updateAfter" = due.at
    FROM (SELECT GREATEST(now(), COALESCE("shownAt" + burst_update_interval(burst), "createdAt" + interval '0.7 seconds')) AS at
            FROM burst WHERE id = p_burst) AS due
   WHERE id = p_burst AND state <> 'SEPARATE' AND ("updateAfter" IS NULL OR "updateAfter" > due.at) $$;

-- Trigger: notes that the message of a burst is out of date after one of its transcriptions has changed its state or was
-- deleted.
-- Locks: as burst_touch
-- Called by: transcription_burst_moves, transcription_burst_shrinks
CREATE OR REPLACE FUNCTION burst_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM burst_touch(OLD."burstId");
  RETURN NULL;
END $$;

-- Reads what the message of a burst shows.
-- Returns: {id, userId, messageId, state, isShown: whether a message was shown, shown: what the last one showed, lastEngine,
--   offersBundles: whether the user wants the offer of one document, choosing, waiting, running, done, failed, cancelled:
--   numbers of transcriptions, seconds: announced length of those without an engine, first: {…transcription, languageCode} or
--   null, active: {engine, state, stage, fraction} of the transcription in the lane's slot, or null when it is another one},
--   or null when there is no such burst
-- Locks: none
-- Called by: src/features/bursts/store.ts
CREATE OR REPLACE FUNCTION burst_read(p_burst bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', b.id, 'userId', b."userId", 'messageId', b."messageId", 'state', b.state,
           'isShown', b."shownAt" IS NOT NULL, 'shown', b.shown, 'lastEngine', s."lastEngine",
           'offersBundles', COALESCE(s."offersBundles", true),
           'first', (SELECT to_jsonb(t) || jsonb_build_object('languageCode', u."languageCode") FROM transcription t
                      WHERE t."burstId" = b.id ORDER BY t.id LIMIT 1),
           'active', (SELECT jsonb_build_object('engine', t.engine, 'state', t.state, 'stage', l.stage, 'fraction', l.fraction)
                        FROM lane l JOIN transcription t ON t.id = l."activeId"
                       WHERE l."userId" = b."userId" AND t."burstId" = b.id))
         || to_jsonb(files)
    FROM burst b JOIN "user" u ON u.id = b."userId" LEFT JOIN setting s ON s."userId" = b."userId",
         LATERAL (SELECT count(*) FILTER (WHERE t.state = 'CHOOSING') AS choosing,
                         count(*) FILTER (WHERE t.state IN ('PENDING', 'QUEUED')) AS waiting,
                         count(*) FILTER (WHERE t.state = 'PROCESSING') AS running,
                         count(*) FILTER (WHERE t.state = 'COMPLETED') AS done,
                         count(*) FILTER (WHERE t.state = 'FAILED') AS failed,
                         count(*) FILTER (WHERE t.state = 'CANCELLED') AS cancelled,
                         sum(t."announcedSeconds") FILTER (WHERE t.state = 'CHOOSING') AS seconds
                    FROM transcription t WHERE t."burstId" = b.id) AS files
   WHERE b.id = p_burst $$;

-- Puts a new transcription into a burst with the one before it, when that came to the same private chat within p_within_ms.
-- The status message of the first one becomes the burst's message; none of them has a status message of its own then.
-- p_id: the new transcription
-- p_user: its user
-- p_within_ms: maximum time between the two, in ms
-- p_max: maximum number of transcriptions in a burst
-- Returns: the id of the burst whose message speaks for the transcription; null when it speaks for itself: it came alone,
--   what came before it has ended, the one before it is a copy or a note of a connected account, the burst is full, or the
--   user chooses for each upload by itself
-- Locks: the user's lane, then the burst and both transcriptions
-- Called by: src/features/bursts/store.ts
CREATE OR REPLACE FUNCTION burst_add(p_id bigint, p_user bigint, p_within_ms double precision, p_max int) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  this transcription;
  before transcription;
  its burst;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT * INTO this FROM transcription WHERE id = p_id AND "userId" = p_user AND "chatId" = p_user AND purpose IS NULL;
  IF NOT FOUND OR NOT is_open(this.state) THEN RETURN NULL; END IF;
  -- Another process added the transcription after it, and this one with it.
  IF this."burstId" IS NOT NULL THEN
    RETURN (SELECT id FROM burst WHERE id = this."burstId" AND state <> 'SEPARATE');
  END IF;
  SELECT * INTO before FROM transcription WHERE "userId" = p_user AND seq < this.seq ORDER BY seq DESC LIMIT 1;
  IF NOT FOUND OR before."chatId" <> this."chatId" OR before."createdAt" < this."createdAt" - milliseconds(p_within_ms)
    OR before."copyOf" IS NOT NULL OR before.purpose IS NOT NULL OR before.state = 'CANCELLED' THEN RETURN NULL; END IF;
  IF before."burstId" IS NULL THEN
    -- One that has ended has its answer already.
    IF NOT is_open(before.state) THEN RETURN NULL; END IF;
    INSERT INTO burst ("userId", "messageId") VALUES (p_user, before."statusMessageId") RETURNING * INTO its;
    DELETE FROM answer_message WHERE "chatId" = before."chatId" AND "messageId" = before."statusMessageId";
  ELSE
    SELECT * INTO its FROM burst b WHERE b.id = before."burstId" AND b.state <> 'BUNDLED'
       AND (SELECT count(*) FROM transcription t WHERE t."burstId" = b.id) < p_max
       -- The message of one that has ended is far up in the chat.
       AND EXISTS (SELECT FROM transcription t WHERE t."burstId" = b.id AND is_open(t.state));
    IF NOT FOUND THEN RETURN NULL; END IF;
  END IF;
  -- While CHOOSING, no picker of their own is due.
  UPDATE transcription SET "burstId" = its.id, "statusMessageId" = NULL,
         "runAfter" = CASE WHEN state = 'CHOOSING' AND its.state <> 'SEPARATE' THEN now() + interval '1 year' ELSE "runAfter" END
   WHERE id = p_id OR (id = before.id AND before."burstId" IS NULL);
  IF its.state = 'SEPARATE' THEN RETURN NULL; END IF;
  PERFORM burst_touch(its.id);
  RETURN its.id;
END $$;

-- Gives all CHOOSING transcriptions of a burst their engine. They enter the lane in the order in which they arrived. One of
-- which the user has an earlier transcript (lane_earlier) stays CHOOSING, and its caller reuses that.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- p_max_reused_seconds: maximum length of the audio of an earlier transcript
-- Returns: {outcome: chosen, next: the token to send, or null, reusable: [{…transcription, languageCode}, …]}
--   | {outcome: already} when each has an engine | {outcome: unknown}
-- Locks: the user's lane, then the transcriptions
-- Called by: src/features/bursts/store.ts
CREATE OR REPLACE FUNCTION burst_choose(p_burst bigint, p_user bigint, p_engine text, p_dispatch_ms double precision,
  p_max_reused_seconds double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  reusable bigint[];
  chosen int;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  PERFORM 1 FROM burst WHERE id = p_burst AND "userId" = p_user AND state <> 'SEPARATE';
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  SELECT COALESCE(array_agg(id), '{}') INTO reusable FROM transcription
   WHERE "burstId" = p_burst AND state::text = 'CHOOSING'
     AND "copyOf" IS NULL
     AND lane_earlier(p_user, "fileUniqueId", p_engine, language, speakers, formats, p_max_reused_seconds) IS NOT NULL;
  UPDATE transcription SET state = 'PENDING', engine = p_engine, "runAfter" = clock_timestamp()
   WHERE "burstId" = p_burst AND state::text = 'CHOOSING' AND id <> ALL (reusable);
  GET DIAGNOSTICS chosen = ROW_COUNT;
  IF chosen = 0 AND cardinality(reusable) = 0 THEN RETURN jsonb_build_object('outcome', 'already'); END IF;
  IF chosen > 0 THEN PERFORM engine_chosen(p_user, p_engine); END IF;
  RETURN jsonb_build_object('outcome', 'chosen', 'next', lane_promote(p_user, p_dispatch_ms), 'reusable', (
    SELECT COALESCE(jsonb_agg(to_jsonb(t) || jsonb_build_object('languageCode', u."languageCode") ORDER BY t.seq), '[]')
      FROM transcription t JOIN "user" u ON u.id = t."userId" WHERE t.id = ANY (reusable)));
END $$;

-- Cancels all open transcriptions of a burst. A PROCESSING one gets cancelRequestedAt, and its worker ends it.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: {ended: how many were cancelled at once, requested: 1 when a worker has to end one, else 0, next: the token to
--   send, or null}, or null when the burst is not this user's
-- Locks: the user's lane, then the transcriptions
-- Called by: src/features/bursts/store.ts
CREATE OR REPLACE FUNCTION burst_cancel(p_burst bigint, p_user bigint, p_dispatch_ms double precision) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  ended int;
  requested int;
  queued bigint;
  next jsonb;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  PERFORM 1 FROM burst WHERE id = p_burst AND "userId" = p_user;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE transcription SET "cancelRequestedAt" = COALESCE("cancelRequestedAt", clock_timestamp())
   WHERE "burstId" = p_burst AND state::text = 'PROCESSING';
  GET DIAGNOSTICS requested = ROW_COUNT;
  -- First those that wait, so that lane_end promotes none of them.
  UPDATE transcription SET state = 'CANCELLED', "finishedAt" = clock_timestamp()
   WHERE "burstId" = p_burst AND state::text IN ('CHOOSING', 'PENDING');
  GET DIAGNOSTICS ended = ROW_COUNT;
  SELECT id INTO queued FROM transcription WHERE "burstId" = p_burst AND state::text = 'QUEUED';
  IF FOUND THEN
    next := lane_end(queued, p_user, 'CANCELLED', NULL, NULL, '[]', p_dispatch_ms, NULL);
    ended := ended + 1;
  END IF;
  RETURN jsonb_build_object('ended', ended, 'requested', requested, 'next', next);
END $$;

-- Ends the message of a burst, because the user wants to choose for each of its transcriptions by itself. The message
-- becomes the status message of the first one, if that has no engine yet. choosing_unshown takes the others when their
-- caller dies before it has sent their pickers.
-- p_overdue_ms: time after which choosing_unshown takes them, in ms
-- Returns: {messageId: the burst's message, or null, files: [{…transcription, languageCode}, …] without an engine}, or null
--   when the decision was made before or the burst is not this user's
-- Locks: the user's lane, then the burst and the transcriptions
-- Called by: src/features/bursts/store.ts
CREATE OR REPLACE FUNCTION burst_separate(p_burst bigint, p_user bigint, p_overdue_ms double precision) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  message int;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT "messageId" INTO message FROM burst WHERE id = p_burst AND "userId" = p_user AND state = 'TOGETHER' FOR UPDATE;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE burst SET state = 'SEPARATE', "messageId" = NULL, "updateAfter" = NULL WHERE id = p_burst;
  UPDATE transcription SET "runAfter" = clock_timestamp() + milliseconds(p_overdue_ms), "statusMessageId" = CASE
           WHEN id = (SELECT min(id) FROM transcription WHERE "burstId" = p_burst) THEN message END
   WHERE "burstId" = p_burst AND state::text = 'CHOOSING';
  RETURN jsonb_build_object('messageId', message, 'files', (
    SELECT COALESCE(jsonb_agg(to_jsonb(t) || jsonb_build_object('languageCode', u."languageCode") ORDER BY t.seq), '[]')
      FROM transcription t JOIN "user" u ON u.id = t."userId"
     WHERE t."burstId" = p_burst AND t.state::text = 'CHOOSING'));
END $$;

-- Makes one document of the transcriptions of a burst: each that ends from now on sends no answer of its own, and the document
-- is sent with the last one. A second call changes nothing.
-- Returns: false when the user has declined it, it is done, or the burst is not this user's
-- Locks: the user's lane, then as bundle_close
-- Called by: src/features/bursts/store.ts
CREATE OR REPLACE FUNCTION burst_bundle(p_burst bigint, p_user bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  UPDATE burst SET state = 'BUNDLING' WHERE id = p_burst AND "userId" = p_user AND state IN ('TOGETHER', 'BUNDLING');
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM bundle_close(p_burst);
  RETURN true;
END $$;

-- Returns the status delivery of an answer alone, marked with isBundled: the rest comes with the one document.
-- p_deliveries: [{kind, part, payload}, …]
-- Locks: none
-- Called by: lane_finish, lane_reuse
CREATE OR REPLACE FUNCTION bundled_deliveries(p_deliveries jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_agg(jsonb_set(d, '{payload,isBundled}', 'true')) FROM jsonb_array_elements(p_deliveries) AS d
   WHERE d->>'kind' = 'status' $$;

-- Returns true when a transcription goes into one document with the others of its burst.
-- Locks: none
-- Called by: lane_finish, lane_reuse
CREATE OR REPLACE FUNCTION is_bundled(p_id bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM burst b JOIN transcription t ON t."burstId" = b.id WHERE t.id = p_id AND b.state = 'BUNDLING') $$;

-- Deletes a transcription of this user, in any state, with its text, its history and the messages about it in the chat.
-- A document that was made of it and others goes over to one of the others, and is written again without it.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: {outcome: deleted, messageIds: messages to delete, renews: whether such a document is written again, next: the token
--   to send, or null}, or {outcome: unknown}
-- Locks: the user's lane, then the transcription, then the one that gets the document
-- Called by: secretary_prune, src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_delete(p_id bigint, p_user bigint, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  messages jsonb;
  burst_id bigint;
  heir bigint;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT "burstId" INTO burst_id FROM transcription WHERE id = p_id AND "userId" = p_user;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  SELECT t.id INTO heir FROM transcription t JOIN transcript tr ON tr."transcriptionId" = t.id
   WHERE t."burstId" = burst_id AND t.id <> p_id AND t.state = 'COMPLETED'
     AND EXISTS (SELECT FROM transcription head JOIN delivery d ON d."transcriptionId" = head.id AND d.kind = 'bundle'
                  WHERE head."burstId" = burst_id)
   ORDER BY t."sentAt", t.id LIMIT 1;
  IF heir IS NOT NULL THEN
    UPDATE delivery SET "transcriptionId" = heir WHERE "transcriptionId" = p_id AND kind = 'bundle';
    UPDATE answer_message SET "transcriptionId" = heir WHERE "transcriptionId" = p_id AND kind = 'bundle';
    PERFORM delivery_add(heir, p_user, 'revision', jsonb_build_object('revision',
      (SELECT revision FROM transcript WHERE "transcriptionId" = heir)));
  END IF;
  SELECT COALESCE(jsonb_agg(message), '[]') INTO messages FROM (
    SELECT "messageId" AS message FROM answer_message WHERE "transcriptionId" = p_id AND kind <> 'status'
    UNION
    SELECT unnest(d."sentMessageIds") FROM transcription t
      JOIN delivery d ON d."transcriptionId" = t.id AND d.kind = 'bundle' WHERE t."burstId" = burst_id AND heir IS NULL
  ) AS sent;
  UPDATE lane SET "activeId" = NULL, holder = NULL, "leaseUntil" = NULL, fence = fence + 1
   WHERE "userId" = p_user AND "activeId" = p_id;
  DELETE FROM transcription WHERE id = p_id;
  RETURN jsonb_build_object('outcome', 'deleted', 'messageIds', messages, 'renews', heir IS NOT NULL,
                            'next', lane_promote(p_user, p_dispatch_ms));
END $$;

-- Returns the result of the lane_finish that ended a transcription with this fence. A worker calls it when the response to
-- lane_finish was lost. `next` may be a token that was sent before, which does no harm.
-- Returns: as lane_finish, or null when it was not ended by this fence
-- Locks: none
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_finished(p_id bigint, p_fence int) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
           'result', CASE t.state WHEN 'CANCELLED' THEN 'cancelled' ELSE 'committed' END,
           'next', (SELECT lane_token(n.id, l.fence, n.engine) FROM lane l JOIN transcription n ON n.id = l."activeId"
                     WHERE l."userId" = t."userId" AND n.state = 'QUEUED'),
           -- The burst of its last transcription is BUNDLED by now.
           'isBundled', EXISTS (SELECT FROM delivery d WHERE d."transcriptionId" = p_id AND d.kind = 'status'
                                   AND (d.payload->>'isBundled')::boolean))
         || CASE WHEN t."burstId" IS NULL THEN '{}' ELSE jsonb_build_object('burst', jsonb_build_object(
              'statusMessageId', t."statusMessageId", 'hasMore',
                EXISTS (SELECT FROM burst b WHERE b.id = t."burstId" AND b.state IN ('BUNDLING', 'BUNDLED'))
                OR EXISTS (SELECT FROM transcription o
                            WHERE o."burstId" = t."burstId" AND o.id <> p_id AND is_open(o.state)))) END
    FROM transcription t
   WHERE t.id = p_id AND t."errorCode" IS DISTINCT FROM 'worker_lost'
     AND EXISTS (SELECT FROM state_change c WHERE c."transcriptionId" = p_id AND c.fence = p_fence
                    AND c."fromState" = 'PROCESSING' AND c."toState" = t.state
                    AND c."toState" IN ('COMPLETED', 'FAILED', 'CANCELLED')) $$;

-- Deletes transcriptions whose retention is over, with everything that belongs to them. Messages in chats stay.
-- p_limit: maximum number with a chosen retention, and as many without
-- p_default_ms: retention of users who chose none, in ms; null: for ever
-- Returns: the number of transcriptions deleted
-- Locks: the rows it deletes; rows that are locked are skipped
-- Called by: src/features/my-data/store/retention.ts
CREATE OR REPLACE FUNCTION retention_prune(p_limit int, p_default_ms double precision) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  chosen int;
  unchosen int := 0;
BEGIN
  DELETE FROM transcription WHERE id IN (
    SELECT id FROM transcription WHERE "retainedUntil" < now() ORDER BY "retainedUntil" LIMIT p_limit FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS chosen = ROW_COUNT;
  IF p_default_ms IS NOT NULL THEN
    DELETE FROM transcription WHERE id IN (
      SELECT id FROM transcription
       WHERE "retainedUntil" IS NULL AND "finishedAt" < now() - milliseconds(p_default_ms) AND NOT is_open(state)
       ORDER BY "finishedAt" LIMIT p_limit FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS unchosen = ROW_COUNT;
  END IF;
  RETURN chosen + unchosen;
END $$;

-- Sets the retention of a user's transcripts, also of those that exist.
-- p_hours: hours from the end of the transcription; 0: until the user deletes them
-- Returns: nothing
-- Locks: the user's row of `setting`, then their ended transcriptions
-- Called by: src/features/my-data/store/retention.ts
CREATE OR REPLACE FUNCTION retention_set(p_user bigint, p_hours int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO setting ("userId", "retentionHours") VALUES (p_user, p_hours)
  ON CONFLICT ("userId") DO UPDATE SET "retentionHours" = EXCLUDED."retentionHours";
  UPDATE transcription SET "retainedUntil" = retained_until("finishedAt", p_hours) WHERE "userId" = p_user AND NOT is_open(state);
END $$;

-- Trigger: keeps `answer_message` in step with the messages of a delivery.
-- Locks: the rows of `answer_message` it writes
-- Called by: delivery_remembered, delivery_remembered_new
CREATE OR REPLACE FUNCTION remember_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A status message may be there before its delivery.
  IF TG_OP = 'UPDATE' AND (OLD."sentMessageIds" <> '{}' OR NEW.kind = 'status') THEN
    DELETE FROM answer_message WHERE "transcriptionId" = NEW."transcriptionId" AND kind = NEW.kind AND part = NEW.part
       AND "messageId" <> ALL (NEW."sentMessageIds");
  END IF;
  INSERT INTO answer_message ("chatId", "messageId", "transcriptionId", kind, part)
  SELECT t."chatId", message, t.id, NEW.kind, NEW.part
    FROM transcription t, unnest(NEW."sentMessageIds") AS message WHERE t.id = NEW."transcriptionId"
  ON CONFLICT ("chatId", "messageId") DO UPDATE
     SET "transcriptionId" = EXCLUDED."transcriptionId", kind = EXCLUDED.kind, part = EXCLUDED.part
   WHERE (answer_message."transcriptionId", answer_message.kind, answer_message.part)
         <> (EXCLUDED."transcriptionId", EXCLUDED.kind, EXCLUDED.part);
  RETURN NULL;
END $$;

-- Cancels a transcription of this user. One that is not PROCESSING ends at once. A PROCESSING one gets cancelRequestedAt,
-- and its worker ends it.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: {outcome: cancelled | requested | ended | unknown, state, next: the token to send, or null}
-- Locks: the user's lane, then the transcription
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_cancel(p_id bigint, p_user bigint, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  row transcription;
  next jsonb;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT * INTO row FROM transcription WHERE id = p_id AND "userId" = p_user;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  CASE row.state
    WHEN 'CHOOSING', 'PENDING' THEN
      UPDATE transcription SET state = 'CANCELLED', "finishedAt" = clock_timestamp() WHERE id = p_id;
    WHEN 'QUEUED' THEN
      next := lane_end(p_id, p_user, 'CANCELLED', NULL, NULL, '[]', p_dispatch_ms, NULL);
    WHEN 'PROCESSING' THEN
      UPDATE transcription SET "cancelRequestedAt" = COALESCE("cancelRequestedAt", clock_timestamp()) WHERE id = p_id;
      RETURN jsonb_build_object('outcome', 'requested', 'state', row.state, 'next', NULL);
    ELSE
      RETURN jsonb_build_object('outcome', 'ended', 'state', row.state, 'next', NULL);
  END CASE;
  RETURN jsonb_build_object('outcome', 'cancelled', 'state', 'CANCELLED', 'next', next);
END $$;

-- Gives a CHOOSING transcription its engine and makes it QUEUED when the lane is free, else PENDING. When the user has an
-- earlier transcript of the same file (lane_earlier), it changes nothing and returns that. A copy gets a new transcript: its
-- user asked for one.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- p_max_reused_seconds: maximum length of the audio of an earlier transcript; null: none is looked for
-- Returns: as lane_enter | {outcome: earlier, earlier: as lane_earlier}
--   | {outcome: already, state, before: 0, next: null} | {outcome: unknown}
-- Locks: the user's lane, then the transcription
-- Called by: src/store/lanes.ts, src/store/earlier-transcripts.ts
CREATE OR REPLACE FUNCTION lane_choose(p_id bigint, p_user bigint, p_engine text, p_dispatch_ms double precision,
  p_max_reused_seconds double precision DEFAULT NULL) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  is_free boolean;
  row transcription;
  earlier jsonb;
BEGIN
  IF p_max_reused_seconds IS NOT NULL THEN
    SELECT * INTO row FROM transcription WHERE id = p_id AND "userId" = p_user AND state::text = 'CHOOSING' AND "copyOf" IS NULL;
    IF FOUND THEN
      earlier := lane_earlier(p_user, row."fileUniqueId", p_engine, row.language, row.speakers, row.formats, p_max_reused_seconds);
    END IF;
    IF earlier IS NOT NULL THEN RETURN jsonb_build_object('outcome', 'earlier', 'earlier', earlier); END IF;
  END IF;
  SELECT "activeId" IS NULL AND pending = 0 INTO is_free FROM lane WHERE "userId" = p_user FOR UPDATE;
  -- `state::text`: with old statistics a partial index of open files looks empty, and would be read in place of the key.
  UPDATE transcription SET state = CASE WHEN is_free THEN 'QUEUED' ELSE 'PENDING' END::transcription_state,
         engine = p_engine, "runAfter" = clock_timestamp()
   WHERE id = p_id AND "userId" = p_user AND state::text = 'CHOOSING' RETURNING * INTO row;
  IF FOUND THEN RETURN lane_enter(p_id, p_user, row.seq, row.state, p_engine, p_dispatch_ms, true); END IF;
  SELECT * INTO row FROM transcription WHERE id = p_id AND "userId" = p_user;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  RETURN jsonb_build_object('outcome', 'already', 'state', row.state, 'before', 0, 'next', NULL);
END $$;

-- Requeues a claimed transcription for another attempt after p_backoff_ms. It keeps the slot. When its user asked to
-- cancel it, it is CANCELLED, and the usage of its job is recorded.
-- p_fence: the fence of the claim
-- p_error, p_details: why the attempt failed, else null
-- p_backoff_ms: time until the next attempt, in ms
-- p_counts: false when it does not count as an attempt, as in a deploy
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- p_usage: usage of the job, as usage_record takes it
-- Returns: {result: requeued | cancelled | lost, token, next: the token of the next transcription, or null}
-- Locks: the user's lane, then the transcription
-- Called by: src/store/lanes.ts, lane_unclaim
CREATE OR REPLACE FUNCTION lane_requeue(p_id bigint, p_fence int, p_error text, p_details jsonb, p_backoff_ms double precision,
  p_counts boolean, p_dispatch_ms double precision, p_usage jsonb DEFAULT NULL) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  row transcription;
  p_user bigint;
BEGIN
  SELECT "userId" INTO p_user FROM lane WHERE "activeId" = p_id AND fence = p_fence FOR UPDATE;
  IF NOT FOUND THEN RETURN jsonb_build_object('result', 'lost', 'token', NULL, 'next', NULL); END IF;
  SELECT * INTO row FROM transcription WHERE id = p_id;
  IF row."cancelRequestedAt" IS NOT NULL THEN
    PERFORM usage_record(p_id, p_user, row."payerId", p_usage);
    RETURN jsonb_build_object('result', 'cancelled', 'token', NULL, 'next',
      lane_end(p_id, p_user, 'CANCELLED', NULL, NULL, status_only('{"kind": "cancelled"}'), p_dispatch_ms, 0));
  END IF;
  UPDATE lane SET fence = fence + 1, holder = NULL,
         "leaseUntil" = clock_timestamp() + milliseconds(p_backoff_ms + p_dispatch_ms) WHERE "userId" = p_user;
  UPDATE transcription SET state = 'QUEUED', "errorCode" = p_error, "errorDetails" = p_details,
         attempts = attempts - CASE WHEN p_counts THEN 0 ELSE 1 END,
         "runAfter" = clock_timestamp() + milliseconds(p_backoff_ms) WHERE id = p_id;
  RETURN jsonb_build_object('result', 'requeued', 'token', lane_token(p_id, p_fence + 1, row.engine), 'next', NULL);
END $$;

-- Trigger: sets the columns of a transcription that follow from others: queuedAt (the time from which a worker can claim
-- it), unsentSince (the time from which a delivery is unsent), retainedUntil (the user's choice, when it ends), and clears
-- deliverGaveUpAt when its answer becomes due again. A trigger covers every function of the lane, and programs of the
-- release before. It is one function, because every trigger costs each change of a state.
-- Locks: none
-- Called by: transcription_derived, transcription_derived_new
CREATE OR REPLACE FUNCTION derive_columns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state = 'QUEUED' THEN NEW."queuedAt" := GREATEST(clock_timestamp(), NEW."runAfter"); END IF;
  ELSIF NEW.state <> OLD.state THEN
    IF NEW.state = 'QUEUED' THEN NEW."queuedAt" := GREATEST(clock_timestamp(), NEW."runAfter"); END IF;
    IF NEW.state IN ('COMPLETED', 'FAILED', 'CANCELLED') THEN
      NEW."retainedUntil" := retained_until(COALESCE(NEW."finishedAt", now()),
        (SELECT "retentionHours" FROM setting WHERE "userId" = NEW."userId"));
    ELSIF NEW."retainedUntil" IS NOT NULL THEN
      NEW."retainedUntil" := NULL;
    END IF;
  END IF;
  -- An album that is held back is not late.
  IF NEW."deliverAfter" IS NULL OR NEW."deliverAttempts" = -1 THEN
    IF NEW."unsentSince" IS NOT NULL THEN NEW."unsentSince" := NULL; END IF;
  ELSE
    IF NEW."unsentSince" IS NULL THEN NEW."unsentSince" := clock_timestamp(); END IF;
    IF TG_OP = 'UPDATE' AND NEW."deliverGaveUpAt" IS NOT NULL AND OLD."deliverGaveUpAt" IS NOT NULL THEN
      NEW."deliverGaveUpAt" := NULL;
    END IF;
  END IF;
  RETURN NEW;
END $$;

-- Records the usage of a job for its payer: the one who pays for a group's files, else its user. A later job of the same
-- transcription replaces it.
-- p_payer: the payer when it is not the user, else null
-- p: {engine, audioSeconds, sentSeconds, downloadMs, decodeMs, transcribeMs, cost, currency}; null, or null in jsonb:
--   records nothing
-- Locks: the row of `usage`
-- Called by: lane_finish, lane_requeue
CREATE OR REPLACE FUNCTION usage_record(p_id bigint, p_user bigint, p_payer bigint, p jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF p IS NULL OR p = 'null' THEN RETURN; END IF;
  INSERT INTO usage ("transcriptionId", "userId", engine, "audioSeconds", "sentSeconds", "downloadMs", "decodeMs",
                     "transcribeMs", cost, currency)
  SELECT p_id, COALESCE(p_payer, p_user), u.engine, u."audioSeconds", u."sentSeconds", u."downloadMs", u."decodeMs", u."transcribeMs",
         u.cost, u.currency
    FROM jsonb_to_record(p) AS u(engine text, "audioSeconds" float8, "sentSeconds" float8,
         "downloadMs" int, "decodeMs" int, "transcribeMs" int, cost float8, currency text)
  ON CONFLICT ("transcriptionId") DO UPDATE SET "userId" = EXCLUDED."userId", engine = EXCLUDED.engine, "audioSeconds" = EXCLUDED."audioSeconds",
     "sentSeconds" = EXCLUDED."sentSeconds", "downloadMs" = EXCLUDED."downloadMs",
     "decodeMs" = EXCLUDED."decodeMs", "transcribeMs" = EXCLUDED."transcribeMs", cost = EXCLUDED.cost,
     currency = EXCLUDED.currency, "endedAt" = now();
END $$;

CREATE TRIGGER transcription_state_change AFTER INSERT OR DELETE OR UPDATE OF state, engine ON transcription FOR EACH ROW EXECUTE FUNCTION apply_state_change();
CREATE TRIGGER transcription_derived BEFORE UPDATE OF state, "deliverAfter" ON transcription FOR EACH ROW EXECUTE FUNCTION derive_columns();
CREATE TRIGGER transcription_derived_new BEFORE INSERT ON transcription FOR EACH ROW WHEN (((new.state = 'QUEUED'::transcription_state) OR (new."deliverAfter" IS NOT NULL))) EXECUTE FUNCTION derive_columns();
CREATE TRIGGER delivery_remembered_new AFTER INSERT ON delivery FOR EACH ROW WHEN ((new."sentMessageIds" <> '{}'::integer[])) EXECUTE FUNCTION remember_delivery();
CREATE TRIGGER delivery_remembered AFTER UPDATE OF "sentMessageIds" ON delivery FOR EACH ROW WHEN ((new."sentMessageIds" IS DISTINCT FROM old."sentMessageIds")) EXECUTE FUNCTION remember_delivery();
CREATE TRIGGER transcription_burst_moves AFTER UPDATE OF state ON transcription FOR EACH ROW WHEN (((new."burstId" IS NOT NULL) AND (new.state IS DISTINCT FROM old.state))) EXECUTE FUNCTION burst_moved();
CREATE TRIGGER transcription_burst_shrinks AFTER DELETE ON transcription FOR EACH ROW WHEN ((old."burstId" IS NOT NULL)) EXECUTE FUNCTION burst_moved();

-- Room on each page for the next versions of a row that changes several times (HOT).
ALTER TABLE lane SET (fillfactor = 50);
ALTER TABLE delivery SET (fillfactor = 80);

-- Transcripts of before have their search words; those that come are indexed when their user searches.
ALTER TABLE transcript ADD COLUMN "userId" bigint;
ALTER TABLE transcript ADD COLUMN "isSearchable" boolean NOT NULL DEFAULT true;
ALTER TABLE transcript ALTER COLUMN "isSearchable" SET DEFAULT false;
CREATE INDEX transcript_unsearchable ON transcript USING btree ("userId", "transcriptionId") WHERE (NOT "isSearchable");
DROP TRIGGER transcript_searched ON transcript;
CREATE TRIGGER transcript_searched BEFORE UPDATE OF text ON transcript FOR EACH ROW EXECUTE FUNCTION search_follow();
CREATE TRIGGER transcript_owned BEFORE INSERT ON transcript FOR EACH ROW WHEN ((new."userId" IS NULL)) EXECUTE FUNCTION search_follow();

-- Writes the search words of a user's transcripts that have none yet, the newest first: the text, and the names of its file
-- and its sender. A search calls it first, so that a transcript costs nothing before somebody searches.
-- A transcription that is being deleted or corrected is skipped: its lock would be taken in the opposite order.
-- p_limit: maximum number of transcripts; fewer when others hold some of them
-- Returns: the number of transcripts that were indexed, and whether some are left: older ones, or some that others hold
-- Locks: the transcripts, and the key of their transcriptions
-- Called by: src/features/history/store.ts
CREATE OR REPLACE FUNCTION search_index(p_user bigint, p_limit int, OUT indexed int, OUT is_incomplete boolean)
  LANGUAGE plpgsql AS $$
DECLARE
  due record;
BEGIN
  indexed := 0;
  FOR due IN
    SELECT tr."transcriptionId" AS id, concat_ws(' ', t."fileName", t."senderName", tr.text) AS words
      FROM transcript tr JOIN transcription t ON t.id = tr."transcriptionId"
     WHERE tr."userId" = p_user AND NOT tr."isSearchable" ORDER BY tr."transcriptionId" DESC LIMIT p_limit
       FOR KEY SHARE OF t SKIP LOCKED FOR UPDATE OF tr
  LOOP
    INSERT INTO search ("transcriptionId", words) VALUES (due.id, search_vector(p_user, due.words))
    ON CONFLICT ("transcriptionId") DO UPDATE SET words = EXCLUDED.words;
    UPDATE transcript SET "isSearchable" = true WHERE "transcriptionId" = due.id;
    indexed := indexed + 1;
  END LOOP;
  is_incomplete := EXISTS (SELECT FROM transcript WHERE "userId" = p_user AND NOT "isSearchable");
END $$;

-- Trigger: notes that the words of a transcript are not in the search index yet, or no more. search_index writes them, when
-- their user searches. Gives a transcript its user, where the statement does not.
-- Locks: none
-- Called by: transcript_searched, transcript_owned
CREATE OR REPLACE FUNCTION search_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."userId" IS NULL THEN
    SELECT "userId" INTO NEW."userId" FROM transcription WHERE id = NEW."transcriptionId";
  END IF;
  IF TG_OP = 'UPDATE' THEN NEW."isSearchable" := false; END IF;
  RETURN NEW;
END $$;

-- Other indexes do their work: transcription_queued_at and transcription_state.
DROP INDEX transcription_queued, transcription_running;

-- Reopens a FAILED transcription, at the end of its user's lane: it becomes PENDING, or with p_choose CHOOSING. With
-- p_choose a PENDING one may be reopened too. A note of a connected account has no choice: only the engine of its
-- connection may transcribe it.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: {outcome: chosen | already, state, before: how many come first, next: the token to send, or null}
--   | {outcome: unknown}
-- Locks: the user's lane, then the transcription
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_reopen(p_id bigint, p_user bigint, p_choose boolean, p_dispatch_ms double precision)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  row transcription;
  new_seq int;
  next jsonb;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT * INTO row FROM transcription WHERE id = p_id AND "userId" = p_user;
  IF NOT FOUND OR (p_choose AND row.purpose = 'note') THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  IF row.state <> 'FAILED' AND NOT (p_choose AND row.state = 'PENDING') THEN
    RETURN jsonb_build_object('outcome', 'already', 'state', row.state, 'before', 0, 'next', NULL);
  END IF;
  DELETE FROM delivery WHERE "transcriptionId" = p_id;
  UPDATE lane SET "nextSeq" = "nextSeq" + 1 WHERE "userId" = p_user RETURNING "nextSeq" - 1 INTO new_seq;
  UPDATE transcription SET state = CASE WHEN p_choose THEN 'CHOOSING' ELSE 'PENDING' END::transcription_state,
         seq = new_seq, attempts = 0, "errorCode" = NULL, "errorDetails" = NULL, "startedAt" = NULL, "finishedAt" = NULL,
         "cancelRequestedAt" = NULL, "deliverAfter" = NULL, "deliverAttempts" = 0, "runAfter" = clock_timestamp()
   WHERE id = p_id;
  IF NOT p_choose THEN next := lane_promote(p_user, p_dispatch_ms); END IF;
  SELECT * INTO row FROM transcription WHERE id = p_id;
  RETURN jsonb_build_object('outcome', 'chosen', 'state', row.state, 'before', lane_before(p_user, new_seq), 'next', next);
END $$;

-- Makes a copy of a transcription for another engine. The copy is CHOOSING; the first one stays as it is.
-- p: the limits, as lane_submit has them
-- Returns: as lane_submit, or {outcome: already} when an unchosen copy exists, or {outcome: unknown}. A note of a
--   connected account has no copy: only the engine of its connection may transcribe it.
-- Locks: the user's lane, then as lane_submit
-- Called by: src/store/copies.ts
CREATE OR REPLACE FUNCTION lane_copy(p_id bigint, p_user bigint, p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  row transcription;
  result jsonb;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT * INTO row FROM transcription WHERE id = p_id AND "userId" = p_user;
  IF NOT FOUND OR row.purpose = 'note' THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  PERFORM 1 FROM transcription WHERE "copyOf" = p_id AND state::text = 'CHOOSING';
  IF FOUND THEN RETURN jsonb_build_object('outcome', 'already'); END IF;
  result := lane_submit(p || to_jsonb(row)
    || (SELECT jsonb_build_object('firstName', "firstName", 'lastName', "lastName", 'username', username,
                                  'languageCode', "languageCode") FROM "user" WHERE id = p_user)
    || (SELECT jsonb_build_object('chatType', type, 'chatTitle', title) FROM chat WHERE id = row."chatId")
    || jsonb_build_object('sentAtSeconds', EXTRACT(EPOCH FROM row."sentAt")::bigint,
         'uploadKey', row."uploadKey" || ':' || (SELECT "nextSeq" FROM lane WHERE "userId" = p_user)));
  IF result->>'outcome' = 'accepted' THEN
    UPDATE transcription SET "copyOf" = p_id WHERE id = (result->>'id')::bigint;
  END IF;
  RETURN result;
END $$;

-- Changes who speaks in a transcript: names of speakers, and speakers that are one. The text stays. Adds the delivery with
-- which a worker changes the messages that were sent.
-- p_revision: the revision that the caller has read
-- p_segments: the segments as they are afterwards
-- Returns: changed | stale (the transcript was changed in between) | unknown
-- Locks: the transcription, the transcript
-- Called by: src/features/speakers/store/speaker-changes.ts
CREATE OR REPLACE FUNCTION speakers_change(p_id bigint, p_user bigint, p_revision int, p_segments jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM transcription WHERE id = p_id AND "userId" = p_user AND state = 'COMPLETED' FOR UPDATE;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  UPDATE transcript SET segments = p_segments, revision = revision + 1
   WHERE "transcriptionId" = p_id AND revision = p_revision;
  IF NOT FOUND THEN RETURN 'stale'; END IF;
  PERFORM delivery_add(p_id, p_user, 'revision', jsonb_build_object('revision', p_revision + 1));
  RETURN 'changed';
END $$;

-- Remembers the voice of a speaker under a name, in place of an older one of that name. Only of users who agreed.
-- p_voice: unit vector
-- p_max: maximum number of voices of a user
-- Returns: remembered | full | refused (the user has not agreed, or no longer)
-- Locks: the user's settings, so that a switch to off deletes this voice too
-- Called by: src/features/speakers/store/voiceprints.ts
CREATE OR REPLACE FUNCTION voiceprint_remember(p_user bigint, p_name text, p_voice real[], p_max int) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM setting WHERE "userId" = p_user AND "remembersVoices" FOR UPDATE;
  IF NOT FOUND THEN RETURN 'refused'; END IF;
  UPDATE voiceprint SET voice = p_voice, "usedAt" = now() WHERE "userId" = p_user AND name = p_name;
  IF FOUND THEN RETURN 'remembered'; END IF;
  PERFORM 1 FROM voiceprint WHERE "userId" = p_user HAVING count(*) >= p_max;
  IF FOUND THEN RETURN 'full'; END IF;
  INSERT INTO voiceprint ("userId", name, voice) VALUES (p_user, p_name, p_voice);
  RETURN 'remembered';
END $$;

-- Switches the remembering of voices on or off for a user. Off deletes the voices that are kept.
-- Returns: number of deleted voices
-- Locks: the user's settings, the voices that it deletes
-- Called by: src/features/speakers/store/voiceprints.ts
CREATE OR REPLACE FUNCTION voiceprint_switch(p_user bigint, p_on boolean) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  gone int := 0;
BEGIN
  INSERT INTO setting ("userId", "remembersVoices") SELECT id, p_on FROM "user" WHERE id = p_user
  ON CONFLICT ("userId") DO UPDATE SET "remembersVoices" = p_on;
  IF NOT p_on THEN
    DELETE FROM voiceprint WHERE "userId" = p_user;
    GET DIAGNOSTICS gone = ROW_COUNT;
  END IF;
  RETURN gone;
END $$;

-- Deletes notes whose time is over, with everything that belongs to them, and what ended connections left. Messages in
-- chats stay.
-- p_limit: maximum number of each
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: the number of rows that were deleted
-- Locks: the lanes of the notes' owners, as lane_delete; lanes that are locked are skipped
-- Called by: src/features/secretary/store/notes.ts
CREATE OR REPLACE FUNCTION secretary_prune(p_limit int, p_dispatch_ms double precision) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  old record;
  pruned int := 0;
  gone int;
BEGIN
  FOR old IN SELECT n."transcriptionId" AS id, c."userId" FROM secretary_note n
              JOIN secretary_connection c ON c.id = n."connectionId"
              WHERE n."retainedUntil" < now() ORDER BY n."retainedUntil" LIMIT p_limit LOOP
    PERFORM 1 FROM lane WHERE "userId" = old."userId" FOR UPDATE SKIP LOCKED;
    CONTINUE WHEN NOT FOUND;
    PERFORM lane_delete(old.id, old."userId", p_dispatch_ms);
    pruned := pruned + 1;
  END LOOP;
  DELETE FROM secretary_peer WHERE id IN (
    SELECT id FROM secretary_peer WHERE "isAllowed" IS NULL AND "askedAt" < now() - interval '1 day' ORDER BY "askedAt" LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT;
  pruned := pruned + gone;
  DELETE FROM secretary_connection WHERE id IN (
    SELECT c.id FROM secretary_connection c WHERE c."endedAt" < now() - interval '1 day'
       AND NOT EXISTS (SELECT FROM secretary_note n WHERE n."connectionId" = c.id) ORDER BY c."endedAt" LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN pruned + gone;
END $$;

-- Takes a note that came to a connected account into its owner's lane, on the engine of the connection: QUEUED or PENDING
-- at once, without a picker. The same note again returns the row that is there. An ended connection takes none.
-- p: as lane_submit; `userId` is the owner
-- p_note: {connectionId, peerId, messageId, peerName, username, isMine, retentionHours: hours for which it is kept}
-- p_engine: the only engine that may transcribe it
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: as lane_submit, with `next`: the token to send, or null; or {outcome: ended}
-- Locks: the connection against its end, then as lane_submit and lane_enter
-- Called by: src/features/secretary/store/notes.ts
CREATE OR REPLACE FUNCTION secretary_submit(p jsonb, p_note jsonb, p_engine text, p_dispatch_ms double precision) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  p_user bigint := (p->>'userId')::bigint;
  result jsonb;
  row_id bigint;
  row_seq int;
  row_state transcription_state;
  choice jsonb;
BEGIN
  PERFORM 1 FROM secretary_connection
   WHERE id = (p_note->>'connectionId')::bigint AND "userId" = p_user AND "endedAt" IS NULL FOR SHARE;
  IF NOT FOUND THEN RETURN '{"outcome": "ended"}'; END IF;
  result := lane_submit(p);
  IF result->>'outcome' <> 'accepted' OR NOT (result->>'created')::boolean THEN
    RETURN result || '{"next": null}';
  END IF;
  row_id := (result->>'id')::bigint;
  INSERT INTO secretary_note ("transcriptionId", "connectionId", "peerId", "messageId", "peerName", username, "isMine", "retainedUntil")
  VALUES (row_id, (p_note->>'connectionId')::bigint, (p_note->>'peerId')::bigint, (p_note->>'messageId')::int,
          p_note->>'peerName', p_note->>'username', (p_note->>'isMine')::boolean,
          clock_timestamp() + (p_note->>'retentionHours')::int * interval '1 hour');
  -- lane_submit has locked the lane.
  SELECT CASE WHEN "activeId" IS NULL AND pending = 0 THEN 'QUEUED' ELSE 'PENDING' END INTO row_state
    FROM lane WHERE "userId" = p_user;
  UPDATE transcription SET state = row_state, engine = p_engine, purpose = 'note', "runAfter" = clock_timestamp()
   WHERE id = row_id RETURNING seq INTO row_seq;
  -- The choice is the connection's.
  choice := lane_enter(row_id, p_user, row_seq, row_state, p_engine, p_dispatch_ms, false);
  RETURN result || jsonb_build_object('state', choice->'state', 'next', choice->'next');
END $$;

-- Leases transcriptions whose answers are due, for p_lease_ms, and those of the same bursts that are due too, so that their
-- albums are sent as one. An answer that is still unsent after that is due again.
-- now() and not clock_timestamp() selects the rows: PostgreSQL looks up only the former in an index.
-- p_limit: maximum number, apart from those of the same bursts
-- Returns: [{…transcription, languageCode, deliveries: [{kind, part, payload}] that are unsent}, …]
-- Locks: the transcriptions it takes; rows that are locked are skipped
-- Called by: src/store/deliveries.ts
CREATE OR REPLACE FUNCTION delivery_lease(p_limit int, p_lease_ms double precision) RETURNS jsonb LANGUAGE sql AS $$
  WITH first AS MATERIALIZED (
    SELECT id, "burstId" FROM transcription WHERE "deliverAfter" <= now()
     ORDER BY "deliverAfter" LIMIT p_limit FOR UPDATE SKIP LOCKED
  ), together AS MATERIALIZED (
    SELECT t.id FROM transcription t
     WHERE t."burstId" IN (SELECT "burstId" FROM first) AND t."deliverAfter" <= now() AND t.id NOT IN (SELECT id FROM first)
     LIMIT 10 FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE transcription t SET "deliverAfter" = clock_timestamp() + milliseconds(p_lease_ms),
           "deliverAttempts" = t."deliverAttempts" + 1
      FROM (SELECT id FROM first UNION ALL SELECT id FROM together) AS due WHERE t.id = due.id RETURNING t.*
  )
  SELECT COALESCE(jsonb_agg(to_jsonb(taken) || jsonb_build_object(
    'languageCode', (SELECT u."languageCode" FROM "user" u WHERE u.id = taken."userId"),
    'deliveries', (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', d.kind, 'part', d.part, 'payload', d.payload)), '[]')
                     FROM delivery d WHERE d."transcriptionId" = taken.id AND d."sentAt" IS NULL))), '[]')
    FROM taken $$;

-- Remembers the engine that a user chose.
-- Locks: the user's row of `setting`
-- Called by: burst_choose, lane_enter, lane_reuse
CREATE OR REPLACE FUNCTION engine_chosen(p_user bigint, p_engine text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO setting ("userId", "lastEngine") VALUES (p_user, p_engine)
  ON CONFLICT ("userId") DO UPDATE SET "lastEngine" = EXCLUDED."lastEngine"
   WHERE setting."lastEngine" IS DISTINCT FROM EXCLUDED."lastEngine" $$;

-- Makes the albums of a burst due that deliveries_sent holds back, so that one process takes them together: when none of its
-- transcriptions is open or has a text to send, or when no further file fits into an album of ten.
-- p_burst: the burst
-- Returns: nothing
-- Locks: the burst's row, then the transcriptions with such albums; rows that are locked are skipped, since whoever deletes one
--   or adds a delivery to it needs no release
-- Called by: apply_state_change, deliveries_sent
CREATE OR REPLACE FUNCTION albums_release(p_burst bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  files int;
  max_of_one int;
BEGIN
  PERFORM 1 FROM burst WHERE id = p_burst FOR UPDATE;
  SELECT sum(of_one), max(of_one) INTO files, max_of_one FROM (
    SELECT sum(jsonb_array_length(d.payload->'formats')) AS of_one
      FROM transcription t JOIN delivery d ON d."transcriptionId" = t.id AND d.kind = 'album' AND d."sentAt" IS NULL
     WHERE t."burstId" = p_burst AND t."deliverAttempts" = -1 GROUP BY t.id) AS held;
  IF files IS NULL THEN RETURN; END IF;
  IF files + max_of_one <= 10 THEN
    -- lane_end writes the deliveries after the state.
    PERFORM 1 FROM transcription t WHERE t."burstId" = p_burst
       AND (is_open(t.state) OR (t."deliverAfter" IS NOT NULL AND t."deliverAttempts" <> -1 AND EXISTS (
              SELECT FROM delivery d WHERE d."transcriptionId" = t.id AND d."sentAt" IS NULL AND d.kind <> 'album'))
            OR (t.state = 'COMPLETED' AND NOT EXISTS (SELECT FROM delivery d WHERE d."transcriptionId" = t.id)));
    IF FOUND THEN RETURN; END IF;
  END IF;
  UPDATE transcription SET "deliverAfter" = now(), "deliverAttempts" = 0 WHERE id IN (
    SELECT id FROM transcription WHERE "burstId" = p_burst AND "deliverAttempts" = -1 FOR UPDATE SKIP LOCKED);
END $$;
