-- The same recording once more: on another engine, or answered at once by what was heard of it before. And more kinds of
-- messages that are asked for afterwards.

-- Of which file this one is a repetition, on another engine.
ALTER TABLE transcription ADD COLUMN "copyOf" bigint REFERENCES transcription (id) ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX transcription_copy ON transcription ("copyOf") WHERE "copyOf" IS NOT NULL;
-- What a person has had of the same recording.
CREATE INDEX transcription_same ON transcription ("userId", "fileUniqueId", engine) WHERE state = 'COMPLETED';

-- The person wants a file heard by another engine as well: a file of its own, which waits for an engine to be picked. What
-- there is of the first stays. p: the limits, as lane_submit has them. -> as lane_submit | {outcome: already | unknown}
CREATE FUNCTION lane_copy(p_id bigint, p_user bigint, p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  row transcription;
  result jsonb;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT * INTO row FROM transcription WHERE id = p_id AND "userId" = p_user;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  PERFORM 1 FROM transcription WHERE "copyOf" = p_id AND state = 'CHOOSING';
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

-- What this person has had before of the recording of this file, from this engine, asked for in the same language: the
-- latest, and no longer than so. Whoever asked for the same file again wants it heard anew.
-- -> {id, durationSeconds, language, languageProbability, segments, documents: what this file is to be like} | null
CREATE FUNCTION lane_earlier(p_id bigint, p_user bigint, p_engine text, p_longest_seconds float8) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', before.id, 'durationSeconds', tr."durationSeconds", 'language', tr.language,
                            'languageProbability', tr."languageProbability", 'segments', tr.segments,
           'documents', CASE WHEN cardinality(this.formats) = 0 THEN s.documents
             ELSE COALESCE(s.documents, '{}') || jsonb_build_object('formats', this.formats) END)
    FROM transcription this
    LEFT JOIN setting s ON s."userId" = p_user
    JOIN transcription before ON before."userId" = p_user AND before."fileUniqueId" = this."fileUniqueId"
     AND before.engine = p_engine AND before.state = 'COMPLETED' AND before.language IS NOT DISTINCT FROM this.language
    JOIN transcript tr ON tr."transcriptionId" = before.id AND tr."durationSeconds" <= p_longest_seconds
   WHERE this.id = p_id AND this."userId" = p_user AND this.state = 'CHOOSING' AND this."copyOf" IS NULL
   ORDER BY before.id DESC LIMIT 1 $$;

-- How often in a row it was the same engine; while one is taken without asking, nothing is counted.
CREATE FUNCTION engine_chosen(p_user bigint, p_engine text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO setting ("userId", "lastEngine", "sameChoices") VALUES (p_user, p_engine, 1)
  ON CONFLICT ("userId") DO UPDATE SET "lastEngine" = EXCLUDED."lastEngine",
         "sameChoices" = CASE WHEN setting."lastEngine" = EXCLUDED."lastEngine" THEN setting."sameChoices" + 1 ELSE 1 END
   WHERE setting."defaultEngine" IS NULL OR setting."lastEngine" IS DISTINCT FROM EXCLUDED."lastEngine" $$;

-- A file is answered by what was heard of the same recording before: it is done, and takes nobody's turn. -> whether it was
CREATE FUNCTION lane_reuse(p_id bigint, p_user bigint, p_engine text, p_from bigint, p_deliveries jsonb) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  INSERT INTO transcript ("transcriptionId", engine, language, "languageProbability", "durationSeconds", text, segments)
  SELECT p_id, tr.engine, tr.language, tr."languageProbability", tr."durationSeconds", tr.text, tr.segments
    FROM transcript tr JOIN transcription before ON before.id = tr."transcriptionId" AND before."userId" = p_user
   WHERE tr."transcriptionId" = p_from
     AND EXISTS (SELECT FROM transcription WHERE id = p_id AND "userId" = p_user AND state = 'CHOOSING');
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO delivery ("transcriptionId", kind, part, payload)
  SELECT p_id, d->>'kind', (d->>'part')::int, d->'payload' FROM jsonb_array_elements(p_deliveries) AS d;
  UPDATE transcription SET state = 'COMPLETED', engine = p_engine, "startedAt" = clock_timestamp(),
         "finishedAt" = clock_timestamp(), "deliverAfter" = now() WHERE id = p_id;
  PERFORM engine_chosen(p_user, p_engine);
  RETURN true;
END $$;

-- As before.
CREATE OR REPLACE FUNCTION lane_choose(p_id bigint, p_user bigint, p_engine text, p_dispatch_ms double precision)
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
  PERFORM engine_chosen(p_user, p_engine);
  next := lane_promote(p_user, p_dispatch_ms);
  SELECT * INTO row FROM transcription WHERE id = p_id;
  RETURN jsonb_build_object('outcome', 'chosen', 'state', row.state, 'before', lane_before(p_user, row.seq), 'next', next);
END $$;

-- As before, and a file that waits may be given to another engine too, while no worker has it (p_choose).
CREATE OR REPLACE FUNCTION lane_reopen(p_id bigint, p_user bigint, p_choose boolean, p_dispatch_ms double precision)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  row transcription;
  new_seq int;
  next jsonb;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT * INTO row FROM transcription WHERE id = p_id AND "userId" = p_user;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
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

-- The person wants something more of a finished file: a worker sends it. The same twice at once is one message.
-- -> added | already (it is on its way) | unknown
CREATE FUNCTION delivery_add(p_id bigint, p_user bigint, p_kind text, p_payload jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM transcription WHERE id = p_id AND "userId" = p_user AND state = 'COMPLETED' FOR UPDATE;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  -- Of an album only the formats: how they look may have been changed since.
  PERFORM 1 FROM delivery WHERE "transcriptionId" = p_id AND kind = p_kind AND "sentAt" IS NULL
    AND CASE WHEN kind = 'album' THEN payload->'formats' = p_payload->'formats' ELSE payload = p_payload END;
  IF FOUND THEN RETURN 'already'; END IF;
  INSERT INTO delivery ("transcriptionId", kind, part, payload)
  SELECT p_id, p_kind, COALESCE(max(part) + 1, 0), p_payload
    FROM delivery WHERE "transcriptionId" = p_id AND kind = p_kind;
  -- Whoever is still sending the rest of the answer finds this one at its end.
  UPDATE transcription SET "deliverAfter" = COALESCE("deliverAfter", now()), "deliverAttempts" = 0 WHERE id = p_id;
  RETURN 'added';
END $$;

-- As the version before calls it.
CREATE OR REPLACE FUNCTION delivery_add(p_id bigint, p_user bigint, p_payload jsonb) RETURNS text LANGUAGE sql AS $$
  SELECT delivery_add(p_id, p_user, 'album', p_payload) $$;

-- As before, and the status message of a file that was never asked about is known from then on.
CREATE OR REPLACE FUNCTION delivery_sent(p_id bigint, p_kind text, p_part int, p_messages int[], p_last boolean) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  -- Nothing is added meanwhile (delivery_add waits for this row).
  IF p_last THEN PERFORM 1 FROM transcription WHERE id = p_id FOR UPDATE; END IF;
  UPDATE delivery SET "sentMessageIds" = p_messages, "sentAt" = clock_timestamp()
   WHERE "transcriptionId" = p_id AND kind = p_kind AND part = p_part;
  IF NOT FOUND THEN RETURN false; END IF;
  IF p_kind = 'status' THEN
    UPDATE transcription SET "statusMessageId" = p_messages[1]
     WHERE id = p_id AND "statusMessageId" IS NULL AND cardinality(p_messages) > 0;
  END IF;
  IF p_last THEN
    UPDATE transcription SET "deliverAfter" = CASE
             WHEN EXISTS (SELECT FROM delivery WHERE "transcriptionId" = p_id AND "sentAt" IS NULL) THEN now() END
     WHERE id = p_id;
  END IF;
  RETURN true;
END $$;
