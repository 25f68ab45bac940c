-- The lane: one active transcription per user, the rest in order, the next by itself.
-- Every transaction on it is one function here, so it costs one round trip and holds its row lock for microseconds.
-- Each takes the user's lane row first (the lock), then the transcription. Only the database's clock is used.
-- Whoever works on a file holds a fence number. A stale number changes nothing. docs/lane.md has the diagram.

-- The database itself refuses a second active transcription of one user.
CREATE UNIQUE INDEX transcription_one_active ON transcription ("userId") WHERE state IN ('QUEUED', 'PROCESSING');
-- The next of a lane, however many wait.
CREATE INDEX transcription_pending ON transcription ("userId", seq) WHERE state = 'PENDING';
-- What the sweeper looks for. Each of these is empty or nearly so while all is well.
CREATE INDEX transcription_undelivered ON transcription ("deliverAfter") WHERE "deliverAfter" IS NOT NULL;
CREATE INDEX transcription_unshown ON transcription ("runAfter") WHERE state = 'CHOOSING' AND "statusMessageId" IS NULL;
CREATE INDEX lane_leased ON lane ("leaseUntil") WHERE "activeId" IS NOT NULL;
CREATE INDEX lane_stranded ON lane ("userId") WHERE "activeId" IS NULL AND waiting > 0;

-- History and the count of waiting files, also for changes made by hand.
CREATE FUNCTION record_state_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  delta int := (CASE WHEN TG_OP <> 'DELETE' AND NEW.state = 'PENDING' THEN 1 ELSE 0 END)
             - (CASE WHEN TG_OP <> 'INSERT' AND OLD.state = 'PENDING' THEN 1 ELSE 0 END);
BEGIN
  IF delta <> 0 THEN
    UPDATE lane SET waiting = waiting + delta WHERE "userId" = COALESCE(NEW."userId", OLD."userId");
  END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND OLD.state <> NEW.state) THEN
    INSERT INTO state_change ("transcriptionId", "userId", "fromState", "toState", fence, holder)
    SELECT NEW.id, NEW."userId", CASE WHEN TG_OP = 'UPDATE' THEN OLD.state END, NEW.state, l.fence, l.holder
      FROM (SELECT 1) AS one LEFT JOIN lane l ON l."userId" = NEW."userId";
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER transcription_state_change AFTER INSERT OR DELETE OR UPDATE OF state ON transcription
  FOR EACH ROW EXECUTE FUNCTION record_state_change();

CREATE FUNCTION milliseconds(p_ms double precision) RETURNS interval LANGUAGE sql IMMUTABLE
  RETURN p_ms * interval '1 millisecond';

-- What a queue token says: whose turn it is, by which fence, on which engine.
CREATE FUNCTION lane_token(p_id bigint, p_fence int, p_engine text) RETURNS jsonb LANGUAGE sql IMMUTABLE
  RETURN jsonb_build_object('id', p_id, 'fence', p_fence, 'engine', p_engine);

-- How many files of this user come before the one with this seq. 100 stands for "100 or more", so that a full lane
-- costs no more than a short one.
CREATE FUNCTION lane_before(p_user bigint, p_seq int) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT count(*)::int FROM (
    (SELECT 1 FROM transcription WHERE "userId" = p_user AND state IN ('QUEUED', 'PROCESSING') AND seq <> p_seq)
    UNION ALL
    (SELECT 1 FROM transcription WHERE "userId" = p_user AND state = 'PENDING' AND seq < p_seq LIMIT 100)
    LIMIT 100
  ) AS before $$;

-- Fills the empty slot with the first PENDING file. The caller holds the lane's lock. Returns its token, or null.
CREATE FUNCTION lane_promote(p_user bigint, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  next transcription;
  new_fence int;
BEGIN
  SELECT t.* INTO next FROM transcription t
   WHERE t."userId" = p_user AND t.state = 'PENDING'
     AND EXISTS (SELECT 1 FROM lane l WHERE l."userId" = p_user AND l."activeId" IS NULL)
   ORDER BY t.seq LIMIT 1;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE lane SET "activeId" = next.id, fence = fence + 1, holder = NULL,
         "leaseUntil" = clock_timestamp() + milliseconds(p_dispatch_ms)
   WHERE "userId" = p_user RETURNING fence INTO new_fence;
  UPDATE transcription SET state = 'QUEUED' WHERE id = next.id;
  RETURN lane_token(next.id, new_fence, next.engine);
END $$;

-- A file has arrived. The same upload again returns the row that is there. -> {id, created, state, statusMessageId}
CREATE FUNCTION lane_submit(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  p_user bigint := (p->>'userId')::bigint;
  row transcription;
  new_seq int;
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
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT * INTO row FROM transcription WHERE "uploadKey" = p->>'uploadKey';
  IF NOT FOUND THEN
    UPDATE lane SET "nextSeq" = "nextSeq" + 1 WHERE "userId" = p_user RETURNING "nextSeq" - 1 INTO new_seq;
    INSERT INTO transcription ("userId", seq, state, "uploadKey", "chatId", "messageId", "threadId", kind, "fileId",
      "fileUniqueId", "fileName", "mimeType", "fileSize", "announcedSeconds", language, "sentAt", "runAfter")
    VALUES (p_user, new_seq, 'CHOOSING', p->>'uploadKey', (p->>'chatId')::bigint, (p->>'messageId')::int,
      (p->>'threadId')::int, p->>'kind', p->>'fileId', p->>'fileUniqueId', p->>'fileName', p->>'mimeType',
      (p->>'fileSize')::bigint, (p->>'announcedSeconds')::int, p->>'language', to_timestamp((p->>'sentAtSeconds')::bigint),
      clock_timestamp() + interval '15 seconds')
    RETURNING * INTO row;
    RETURN jsonb_build_object('id', row.id, 'created', true, 'state', row.state, 'statusMessageId', NULL);
  END IF;
  RETURN jsonb_build_object('id', row.id, 'created', false, 'state', row.state, 'statusMessageId', row."statusMessageId");
END $$;

-- The person picked an engine. -> {outcome: chosen | already | unknown, state, before, next}
CREATE FUNCTION lane_choose(p_id bigint, p_user bigint, p_engine text, p_dispatch_ms double precision)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  row transcription;
  next jsonb;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  UPDATE transcription SET state = 'PENDING', engine = p_engine, "runAfter" = clock_timestamp()
   WHERE id = p_id AND "userId" = p_user AND state = 'CHOOSING' RETURNING * INTO row;
  IF NOT FOUND THEN
    SELECT * INTO row FROM transcription WHERE id = p_id AND "userId" = p_user;
    IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
    RETURN jsonb_build_object('outcome', 'already', 'state', row.state, 'before', 0, 'next', NULL);
  END IF;
  INSERT INTO setting ("userId", "lastEngine") VALUES (p_user, p_engine)
  ON CONFLICT ("userId") DO UPDATE SET "lastEngine" = EXCLUDED."lastEngine"
   WHERE setting."lastEngine" IS DISTINCT FROM EXCLUDED."lastEngine";
  next := lane_promote(p_user, p_dispatch_ms);
  SELECT * INTO row FROM transcription WHERE id = p_id;
  RETURN jsonb_build_object('outcome', 'chosen', 'state', row.state, 'before', lane_before(p_user, row.seq), 'next', next);
END $$;

-- A worker takes the file whose turn it is. -> the job, or null when the token is stale.
CREATE FUNCTION lane_claim(p_id bigint, p_fence int, p_holder text, p_lease_ms double precision)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  new_fence int;
  row transcription;
BEGIN
  UPDATE lane SET fence = fence + 1, holder = p_holder, "leaseUntil" = clock_timestamp() + milliseconds(p_lease_ms)
   WHERE "activeId" = p_id AND fence = p_fence RETURNING fence INTO new_fence;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE transcription SET state = 'PROCESSING', attempts = attempts + 1,
         "startedAt" = COALESCE("startedAt", clock_timestamp())
   WHERE id = p_id AND state = 'QUEUED' RETURNING * INTO row;
  -- The slot is held, but not by a file that waits for a worker: the fence says this cannot be.
  IF NOT FOUND THEN RAISE EXCEPTION 'lane of transcription % holds fence % but is not QUEUED', p_id, p_fence; END IF;
  RETURN (SELECT to_jsonb(row) || jsonb_build_object('fence', new_fence, 'languageCode', u."languageCode")
            FROM "user" u WHERE u.id = row."userId");
END $$;

-- The worker is alive. -> {held, cancel}
CREATE FUNCTION lane_heartbeat(p_id bigint, p_fence int, p_lease_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  UPDATE lane SET "leaseUntil" = clock_timestamp() + milliseconds(p_lease_ms)
   WHERE "activeId" = p_id AND fence = p_fence;
  IF NOT FOUND THEN RETURN jsonb_build_object('held', false, 'cancel', false); END IF;
  RETURN (SELECT jsonb_build_object('held', true, 'cancel', "cancelRequestedAt" IS NOT NULL)
            FROM transcription WHERE id = p_id);
END $$;

-- Ends the active transcription, whoever asks, with the lane's lock held: state, outbox, and the next one's turn.
CREATE FUNCTION lane_end(p_id bigint, p_user bigint, p_state transcription_state, p_error text, p_details jsonb,
  p_deliveries jsonb, p_dispatch_ms double precision, p_deliver_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  UPDATE transcription SET state = p_state, "errorCode" = p_error, "errorDetails" = p_details,
         "finishedAt" = clock_timestamp(), "deliverAfter" = clock_timestamp() + milliseconds(p_deliver_ms)
   WHERE id = p_id;
  INSERT INTO delivery ("transcriptionId", kind, part, payload)
  SELECT p_id, d->>'kind', (d->>'part')::int, d->'payload' FROM jsonb_array_elements(p_deliveries) AS d;
  UPDATE lane SET "activeId" = NULL, holder = NULL, "leaseUntil" = NULL, fence = fence + 1 WHERE "userId" = p_user;
  RETURN lane_promote(p_user, p_dispatch_ms);
END $$;

-- The outbox of an ending that has nothing but its status message to show.
CREATE FUNCTION status_only(p_view jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE
  RETURN jsonb_build_array(jsonb_build_object('kind', 'status', 'part', 0, 'payload', p_view));

-- The worker is done: the result, the state, the outbox and the next one's turn, together or not at all.
-- A cancel that came before wins. -> {result: committed | cancelled | lost, next}
CREATE FUNCTION lane_finish(p_id bigint, p_fence int, p jsonb, p_dispatch_ms double precision, p_deliver_ms double precision)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  p_user bigint;
  cancelled boolean;
  next jsonb;
BEGIN
  SELECT "userId" INTO p_user FROM lane WHERE "activeId" = p_id AND fence = p_fence FOR UPDATE;
  IF NOT FOUND THEN RETURN jsonb_build_object('result', 'lost', 'next', NULL); END IF;
  SELECT "cancelRequestedAt" IS NOT NULL INTO cancelled FROM transcription WHERE id = p_id;
  IF cancelled THEN
    next := lane_end(p_id, p_user, 'CANCELLED', NULL, NULL, status_only('{"kind": "cancelled"}'), p_dispatch_ms, p_deliver_ms);
    RETURN jsonb_build_object('result', 'cancelled', 'next', next);
  END IF;
  IF p->'transcript' <> 'null' THEN
    INSERT INTO transcript ("transcriptionId", engine, language, "languageProbability", "durationSeconds", text, segments)
    SELECT p_id, t.engine, t.language, t."languageProbability", t."durationSeconds", t.text, t.segments
      FROM jsonb_to_record(p->'transcript') AS t(engine text, language text, "languageProbability" float8,
           "durationSeconds" float8, text text, segments jsonb);
  END IF;
  next := lane_end(p_id, p_user, (p->>'state')::transcription_state, p->>'errorCode', p->'errorDetails', p->'deliveries',
                   p_dispatch_ms, p_deliver_ms);
  RETURN jsonb_build_object('result', 'committed', 'next', next);
END $$;

-- The worker gives the file back, to be run again after a while. It keeps the slot. A release (a deploy) does not
-- count as an attempt. -> {result: requeued | cancelled | lost, token, next}
CREATE FUNCTION lane_requeue(p_id bigint, p_fence int, p_error text, p_details jsonb, p_backoff_ms double precision,
  p_counts boolean, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  row transcription;
  p_user bigint;
BEGIN
  SELECT "userId" INTO p_user FROM lane WHERE "activeId" = p_id AND fence = p_fence FOR UPDATE;
  IF NOT FOUND THEN RETURN jsonb_build_object('result', 'lost', 'token', NULL, 'next', NULL); END IF;
  SELECT * INTO row FROM transcription WHERE id = p_id;
  IF row."cancelRequestedAt" IS NOT NULL THEN
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

-- The person changed their mind. Nobody else's file is touched. -> {outcome: cancelled | requested | ended | unknown, state, next}
CREATE FUNCTION lane_cancel(p_id bigint, p_user bigint, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
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
      next := lane_end(p_id, p_user, 'CANCELLED', NULL, NULL, '[]', p_dispatch_ms, 0);
      UPDATE transcription SET "deliverAfter" = NULL WHERE id = p_id;
    WHEN 'PROCESSING' THEN
      UPDATE transcription SET "cancelRequestedAt" = COALESCE("cancelRequestedAt", clock_timestamp()) WHERE id = p_id;
      RETURN jsonb_build_object('outcome', 'requested', 'state', row.state, 'next', NULL);
    ELSE
      RETURN jsonb_build_object('outcome', 'ended', 'state', row.state, 'next', NULL);
  END CASE;
  RETURN jsonb_build_object('outcome', 'cancelled', 'state', 'CANCELLED', 'next', next);
END $$;

-- Mends what a death left: tokens to send again for QUEUED files past their lease, files of lost workers back to
-- QUEUED (or ended, after the last attempt), stranded lanes. Each lane that somebody else is working on is skipped.
-- -> [token, …]
CREATE FUNCTION lane_sweep(p_limit int, p_max_attempts int, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  l lane;
  row transcription;
  token jsonb;
  tokens jsonb := '[]';
  view jsonb;
BEGIN
  FOR l IN SELECT * FROM lane WHERE "activeId" IS NOT NULL AND "leaseUntil" < clock_timestamp()
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
CREATE FUNCTION delivery_take(p_limit int, p_lease_ms double precision) RETURNS jsonb LANGUAGE sql AS $$
  WITH due AS (
    SELECT id FROM transcription WHERE "deliverAfter" <= clock_timestamp()
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

-- One message has gone out; with the last of them the file is delivered.
CREATE FUNCTION delivery_sent(p_id bigint, p_kind text, p_part int, p_message int, p_last boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE delivery SET "sentMessageId" = p_message, "sentAt" = clock_timestamp()
   WHERE "transcriptionId" = p_id AND kind = p_kind AND part = p_part;
  IF p_last THEN UPDATE transcription SET "deliverAfter" = NULL WHERE id = p_id; END IF;
END $$;

-- Files whose status message was never sent (the bot died in between). -> [{…transcription, languageCode}, …]
CREATE FUNCTION choosing_unshown(p_limit int) RETURNS jsonb LANGUAGE sql AS $$
  WITH due AS (
    SELECT id FROM transcription
     WHERE state = 'CHOOSING' AND "statusMessageId" IS NULL AND "runAfter" <= clock_timestamp()
     ORDER BY "runAfter" LIMIT p_limit FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE transcription t SET "runAfter" = clock_timestamp() + interval '60 seconds' FROM due WHERE t.id = due.id
    RETURNING t.*
  )
  SELECT COALESCE(jsonb_agg(to_jsonb(taken) || jsonb_build_object(
    'languageCode', (SELECT u."languageCode" FROM "user" u WHERE u.id = taken."userId"))), '[]') FROM taken $$;
