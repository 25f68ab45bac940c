-- Limits per person, deleting, trying again, a history that does not grow for ever, and nothing read that is not needed.

-- What a person has open (not ended), and how many seconds of audio that is as announced: read when a file arrives.
ALTER TABLE lane ADD COLUMN open INTEGER NOT NULL DEFAULT 0, ADD COLUMN "openSeconds" INTEGER NOT NULL DEFAULT 0;
UPDATE lane SET (open, "openSeconds") = (
  SELECT count(*), COALESCE(sum(t."announcedSeconds"), 0) FROM transcription t
   WHERE t."userId" = lane."userId" AND t.state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING'));

-- Every message of an album, so that deleting a transcript can take them all out of the chat.
ALTER TABLE delivery ADD COLUMN "sentMessageIds" INTEGER[] DEFAULT '{}';
UPDATE delivery SET "sentMessageIds" = ARRAY["sentMessageId"] WHERE "sentMessageId" IS NOT NULL;
ALTER TABLE delivery DROP COLUMN "sentMessageId";

-- Files that nobody chose an engine for, the oldest first.
CREATE INDEX transcription_choosing ON transcription ("runAfter") WHERE state = 'CHOOSING';

CREATE FUNCTION is_open(p_state transcription_state) RETURNS boolean LANGUAGE sql IMMUTABLE
  RETURN p_state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING');

-- History and the lane's counts, also for changes made by hand.
CREATE OR REPLACE FUNCTION record_state_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  waiting_delta int := 0;
  open_delta int := 0;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    waiting_delta := waiting_delta - (OLD.state = 'PENDING')::int;
    open_delta := open_delta - is_open(OLD.state)::int;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    waiting_delta := waiting_delta + (NEW.state = 'PENDING')::int;
    open_delta := open_delta + is_open(NEW.state)::int;
  END IF;
  IF waiting_delta <> 0 OR open_delta <> 0 THEN
    UPDATE lane SET waiting = waiting + waiting_delta, open = open + open_delta,
           "openSeconds" = "openSeconds" + open_delta * COALESCE(NEW."announcedSeconds", OLD."announcedSeconds", 0)
     WHERE "userId" = COALESCE(NEW."userId", OLD."userId");
  END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND OLD.state <> NEW.state) THEN
    INSERT INTO state_change ("transcriptionId", "userId", "fromState", "toState", fence, holder)
    SELECT NEW.id, NEW."userId", CASE WHEN TG_OP = 'UPDATE' THEN OLD.state END, NEW.state, l.fence, l.holder
      FROM (SELECT 1) AS one LEFT JOIN lane l ON l."userId" = NEW."userId";
  END IF;
  RETURN NULL;
END $$;

-- A file has arrived. The same upload again returns the row that is there; a person whose lane is full is told so.
-- -> {outcome: accepted, id, created, state, statusMessageId, lastEngine} | {outcome: full, limit: files | minutes}
CREATE OR REPLACE FUNCTION lane_submit(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  p_user bigint := (p->>'userId')::bigint;
  l lane;
  row transcription;
  is_new boolean;
BEGIN
  INSERT INTO "user" (id, "firstName", "lastName", username, "languageCode")
  VALUES (p_user, p->>'firstName', p->>'lastName', p->>'username', p->>'languageCode')
  ON CONFLICT (id) DO UPDATE SET "firstName" = EXCLUDED."firstName", "lastName" = EXCLUDED."lastName",
         username = EXCLUDED.username, "languageCode" = EXCLUDED."languageCode"
   WHERE ("user"."firstName", "user"."lastName", "user".username, "user"."languageCode")
         IS DISTINCT FROM (EXCLUDED."firstName", EXCLUDED."lastName", EXCLUDED.username, EXCLUDED."languageCode");
  INSERT INTO chat (id, type, title) VALUES ((p->>'chatId')::bigint, p->>'chatType', p->>'chatTitle')
  ON CONFLICT (id) DO NOTHING;
  INSERT INTO lane ("userId") VALUES (p_user) ON CONFLICT DO NOTHING;
  SELECT * INTO l FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT * INTO row FROM transcription WHERE "uploadKey" = p->>'uploadKey';
  is_new := NOT FOUND;
  IF is_new THEN
    IF l.open >= (p->>'maxOpen')::int THEN RETURN jsonb_build_object('outcome', 'full', 'limit', 'files'); END IF;
    -- A lane that is empty takes any file: its own length is somebody else's business.
    IF l.open > 0 AND l."openSeconds" + COALESCE((p->>'announcedSeconds')::int, 0) > (p->>'maxOpenSeconds')::int THEN
      RETURN jsonb_build_object('outcome', 'full', 'limit', 'minutes');
    END IF;
    UPDATE lane SET "nextSeq" = "nextSeq" + 1 WHERE "userId" = p_user;
    INSERT INTO transcription ("userId", seq, state, "uploadKey", "chatId", "messageId", "threadId", kind, "fileId",
      "fileUniqueId", "fileName", "mimeType", "fileSize", "announcedSeconds", language, "sentAt", "runAfter")
    VALUES (p_user, l."nextSeq", 'CHOOSING', p->>'uploadKey', (p->>'chatId')::bigint, (p->>'messageId')::int,
      (p->>'threadId')::int, p->>'kind', p->>'fileId', p->>'fileUniqueId', p->>'fileName', p->>'mimeType',
      (p->>'fileSize')::bigint, (p->>'announcedSeconds')::int, p->>'language', to_timestamp((p->>'sentAtSeconds')::bigint),
      clock_timestamp() + interval '15 seconds')
    RETURNING * INTO row;
  END IF;
  RETURN jsonb_build_object('outcome', 'accepted', 'id', row.id, 'created', is_new, 'state', row.state,
    'statusMessageId', row."statusMessageId",
    'lastEngine', (SELECT s."lastEngine" FROM setting s WHERE s."userId" = p_user));
END $$;

-- The person wants a failed file tried again, at the end of their line: on the same engine, or on one that they will
-- choose. -> {outcome: chosen | already | unknown, state, before, next}
CREATE FUNCTION lane_reopen(p_id bigint, p_user bigint, p_choose boolean, p_dispatch_ms double precision)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  row transcription;
  new_seq int;
  next jsonb;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT * INTO row FROM transcription WHERE id = p_id AND "userId" = p_user;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  IF row.state <> 'FAILED' THEN
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

-- The person wants a file gone, in whatever state it is: its row, its text and its history. A worker that is at it
-- finds its fence too old. -> {outcome: deleted | unknown, messageIds, next}
CREATE FUNCTION lane_delete(p_id bigint, p_user bigint, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  messages jsonb;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  PERFORM 1 FROM transcription WHERE id = p_id AND "userId" = p_user;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  SELECT COALESCE(jsonb_agg(message), '[]') INTO messages
    FROM delivery d, unnest(d."sentMessageIds") AS message WHERE d."transcriptionId" = p_id AND d.kind <> 'status';
  UPDATE lane SET "activeId" = NULL, holder = NULL, "leaseUntil" = NULL, fence = fence + 1
   WHERE "userId" = p_user AND "activeId" = p_id;
  DELETE FROM transcription WHERE id = p_id;
  RETURN jsonb_build_object('outcome', 'deleted', 'messageIds', messages, 'next', lane_promote(p_user, p_dispatch_ms));
END $$;

-- Messages have gone out; with the last of them the file is delivered. -> false when the file is not there any more.
CREATE FUNCTION delivery_sent(p_id bigint, p_kind text, p_part int, p_messages int[], p_last boolean) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE delivery SET "sentMessageIds" = p_messages, "sentAt" = clock_timestamp()
   WHERE "transcriptionId" = p_id AND kind = p_kind AND part = p_part;
  IF NOT FOUND THEN RETURN false; END IF;
  IF p_last THEN UPDATE transcription SET "deliverAfter" = NULL WHERE id = p_id; END IF;
  RETURN true;
END $$;

-- As the version before calls it, during a deploy.
CREATE OR REPLACE FUNCTION delivery_sent(p_id bigint, p_kind text, p_part int, p_message int, p_last boolean) RETURNS void
LANGUAGE sql AS $$ SELECT delivery_sent(p_id, p_kind, p_part, array_remove(ARRAY[p_message], NULL), p_last) $$;

-- Forgets old history and ends what nobody chose an engine for, a lot at a time. -> how many rows that were
CREATE FUNCTION lane_prune(p_limit int, p_history_ms double precision, p_choosing_ms double precision) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
  forgotten int;
  ended int := 0;
  old record;
BEGIN
  DELETE FROM state_change WHERE id IN (
    SELECT id FROM state_change WHERE at < now() - milliseconds(p_history_ms) ORDER BY at LIMIT p_limit
       FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS forgotten = ROW_COUNT;
  FOR old IN SELECT id, "userId" FROM transcription
              WHERE state = 'CHOOSING' AND "runAfter" < now() - milliseconds(p_choosing_ms)
              ORDER BY "runAfter" LIMIT p_limit LOOP
    PERFORM 1 FROM lane WHERE "userId" = old."userId" FOR UPDATE SKIP LOCKED;
    CONTINUE WHEN NOT FOUND;
    UPDATE transcription SET state = 'CANCELLED', "finishedAt" = clock_timestamp() WHERE id = old.id AND state = 'CHOOSING';
    ended := ended + 1;
  END LOOP;
  RETURN forgotten + ended;
END $$;

-- What the sweeper and the outbox look for is found by the index and not by reading all of it: clock_timestamp() may
-- change while a statement runs, so PostgreSQL does not look it up in an index; now() it does.
-- And a person's line is one index, in order, whatever else that person has.
CREATE INDEX transcription_line ON transcription ("userId", state, seq)
  WHERE state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING');
DROP INDEX transcription_pending;

-- How many files of this user come before the one with this seq. 100 stands for "100 or more", so that a full lane
-- costs no more than a short one. In order, so that they are taken from the line's index and not sought among all files.
CREATE OR REPLACE FUNCTION lane_before(p_user bigint, p_seq int) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT count(*)::int FROM (
    (SELECT 1 FROM transcription WHERE "userId" = p_user AND state IN ('QUEUED', 'PROCESSING') AND seq <> p_seq)
    UNION ALL
    (SELECT 1 FROM transcription WHERE "userId" = p_user AND state = 'PENDING' AND seq < p_seq ORDER BY seq LIMIT 100)
    LIMIT 100
  ) AS before $$;

-- Mends what a death left: tokens to send again for QUEUED files past their lease, files of lost workers back to
-- QUEUED (or ended, after the last attempt), stranded lanes. Each lane that somebody else is working on is skipped.
-- -> [token, …]
CREATE OR REPLACE FUNCTION lane_sweep(p_limit int, p_max_attempts int, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  l lane;
  row transcription;
  token jsonb;
  tokens jsonb := '[]';
  view jsonb;
BEGIN
  FOR l IN SELECT * FROM lane WHERE "activeId" IS NOT NULL AND "leaseUntil" < now()
            ORDER BY "leaseUntil" LIMIT p_limit FOR UPDATE SKIP LOCKED LOOP
    SELECT * INTO row FROM transcription WHERE id = l."activeId";
    IF row.state = 'QUEUED' THEN
      UPDATE lane SET "leaseUntil" = clock_timestamp() + milliseconds(p_dispatch_ms) WHERE "userId" = l."userId";
      token := lane_token(row.id, l.fence, row.engine);
    ELSIF row."cancelRequestedAt" IS NOT NULL THEN
      token := lane_end(row.id, l."userId", 'CANCELLED', NULL, NULL, status_only('{"kind": "cancelled"}'), p_dispatch_ms, 0);
    ELSIF row.attempts >= p_max_attempts THEN
      view := '{"kind": "failed", "code": "worker_lost", "details": {}}';
      token := lane_end(row.id, l."userId", 'FAILED', 'worker_lost', '{}', status_only(view), p_dispatch_ms, 0);
    ELSE
      UPDATE lane SET fence = fence + 1, holder = NULL, "leaseUntil" = clock_timestamp() + milliseconds(p_dispatch_ms)
       WHERE "userId" = l."userId";
      UPDATE transcription SET state = 'QUEUED', "errorCode" = 'worker_lost' WHERE id = row.id;
      token := lane_token(row.id, l.fence + 1, row.engine);
    END IF;
    IF token IS NOT NULL THEN tokens := tokens || jsonb_build_array(token); END IF;
  END LOOP;
  FOR l IN SELECT * FROM lane WHERE "activeId" IS NULL AND waiting > 0 LIMIT p_limit FOR UPDATE SKIP LOCKED LOOP
    token := lane_promote(l."userId", p_dispatch_ms);
    IF token IS NOT NULL THEN tokens := tokens || jsonb_build_array(token); END IF;
  END LOOP;
  RETURN tokens;
END $$;

-- Takes finished files whose answers are unsent, for a while. -> [{…transcription, languageCode, deliveries}, …]
CREATE OR REPLACE FUNCTION delivery_take(p_limit int, p_lease_ms double precision) RETURNS jsonb LANGUAGE sql AS $$
  WITH due AS (
    SELECT id FROM transcription WHERE "deliverAfter" <= now()
     ORDER BY "deliverAfter" LIMIT p_limit FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE transcription t SET "deliverAfter" = clock_timestamp() + milliseconds(p_lease_ms),
           "deliverAttempts" = t."deliverAttempts" + 1
      FROM due WHERE t.id = due.id RETURNING t.*
  )
  SELECT COALESCE(jsonb_agg(to_jsonb(taken) || jsonb_build_object(
    'languageCode', (SELECT u."languageCode" FROM "user" u WHERE u.id = taken."userId"),
    'deliveries', (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', d.kind, 'part', d.part, 'payload', d.payload)), '[]')
                     FROM delivery d WHERE d."transcriptionId" = taken.id AND d."sentAt" IS NULL))), '[]')
    FROM taken $$;

-- Files whose status message was never sent (the bot died in between). -> [{…transcription, languageCode}, …]
CREATE OR REPLACE FUNCTION choosing_unshown(p_limit int) RETURNS jsonb LANGUAGE sql AS $$
  WITH due AS (
    SELECT id FROM transcription
     WHERE state = 'CHOOSING' AND "statusMessageId" IS NULL AND "runAfter" <= now()
     ORDER BY "runAfter" LIMIT p_limit FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE transcription t SET "runAfter" = clock_timestamp() + interval '60 seconds' FROM due WHERE t.id = due.id
    RETURNING t.*
  )
  SELECT COALESCE(jsonb_agg(to_jsonb(taken) || jsonb_build_object(
    'languageCode', (SELECT u."languageCode" FROM "user" u WHERE u.id = taken."userId"))), '[]') FROM taken $$;
