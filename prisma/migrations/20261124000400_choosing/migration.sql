-- An engine that is taken without asking, what the caption of a file asks for, and a hint for who always chooses the same.
ALTER TABLE setting ADD COLUMN "defaultEngine" text, ADD COLUMN "sameChoices" int NOT NULL DEFAULT 0;
-- Named in the caption; none: as the person has their files.
ALTER TABLE transcription ADD COLUMN formats text[] NOT NULL DEFAULT '{}';

-- As before, and the formats that the caption names, and the engine that is taken without asking.
CREATE OR REPLACE FUNCTION lane_submit(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  p_user bigint := (p->>'userId')::bigint;
  person "user";
  l lane;
  row transcription;
  is_new boolean;
  seconds int := COALESCE((p->>'announcedSeconds')::int, 0);
  refusal jsonb;
BEGIN
  person := account_meet(p);
  INSERT INTO chat (id, type, title) VALUES ((p->>'chatId')::bigint, p->>'chatType', p->>'chatTitle')
  ON CONFLICT (id) DO NOTHING;
  INSERT INTO lane ("userId") VALUES (p_user) ON CONFLICT DO NOTHING;
  SELECT * INTO l FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT * INTO row FROM transcription WHERE "uploadKey" = p->>'uploadKey';
  is_new := NOT FOUND;
  IF is_new THEN
    IF l.open >= COALESCE(person."waitingFiles", (p->>'maxOpen')::int) THEN
      RETURN jsonb_build_object('outcome', 'full', 'limit', 'files',
                                'most', COALESCE(person."waitingFiles", (p->>'maxOpen')::int));
    END IF;
    -- A lane that is empty takes any file: its own length is somebody else's business.
    IF l.open > 0 AND l."openSeconds" + seconds > (p->>'maxOpenSeconds')::int THEN
      RETURN jsonb_build_object('outcome', 'full', 'limit', 'minutes', 'most', round((p->>'maxOpenSeconds')::int / 60.0));
    END IF;
    -- The version before knows no quotas, and would not know what to say.
    IF p ? 'timeZone' THEN
      -- The month first: who has used it up is not helped by another day.
      refusal := COALESCE(
        quota_refusal(p_user, p->>'timeZone', 'month', 30,
                      COALESCE(person."minutesAMonth", (p->>'minutesAMonth')::int), l."openSeconds", seconds),
        quota_refusal(p_user, p->>'timeZone', 'day', 1,
                      COALESCE(person."minutesADay", (p->>'minutesADay')::int), l."openSeconds", seconds));
      IF refusal IS NOT NULL THEN RETURN refusal; END IF;
    END IF;
    UPDATE lane SET "nextSeq" = "nextSeq" + 1 WHERE "userId" = p_user;
    INSERT INTO transcription ("userId", seq, state, "uploadKey", "chatId", "messageId", "threadId", kind, "fileId",
      "fileUniqueId", "fileName", "mimeType", "fileSize", "announcedSeconds", "senderName", formats, language, "sentAt", "runAfter")
    VALUES (p_user, l."nextSeq", 'CHOOSING', p->>'uploadKey', (p->>'chatId')::bigint, (p->>'messageId')::int,
      (p->>'threadId')::int, p->>'kind', p->>'fileId', p->>'fileUniqueId', p->>'fileName', p->>'mimeType',
      (p->>'fileSize')::bigint, (p->>'announcedSeconds')::int, p->>'senderName',
      ARRAY(SELECT jsonb_array_elements_text(COALESCE(p->'formats', '[]'))),
      COALESCE(p->>'language', (SELECT s."speechLanguage" FROM setting s WHERE s."userId" = p_user)),
      to_timestamp((p->>'sentAtSeconds')::bigint), clock_timestamp() + interval '15 seconds')
    RETURNING * INTO row;
  END IF;
  RETURN jsonb_build_object('outcome', 'accepted', 'id', row.id, 'created', is_new, 'state', row.state,
    'statusMessageId', row."statusMessageId",
    'lastEngine', (SELECT s."lastEngine" FROM setting s WHERE s."userId" = p_user),
    'defaultEngine', (SELECT s."defaultEngine" FROM setting s WHERE s."userId" = p_user));
END $$;

-- As before, and how often in a row it was the same engine.
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
  INSERT INTO setting ("userId", "lastEngine", "sameChoices") VALUES (p_user, p_engine, 1)
  ON CONFLICT ("userId") DO UPDATE SET "lastEngine" = EXCLUDED."lastEngine",
         "sameChoices" = CASE WHEN setting."lastEngine" = EXCLUDED."lastEngine" THEN setting."sameChoices" + 1 ELSE 1 END
   WHERE setting."defaultEngine" IS NULL OR setting."lastEngine" IS DISTINCT FROM EXCLUDED."lastEngine";
  next := lane_promote(p_user, p_dispatch_ms);
  SELECT * INTO row FROM transcription WHERE id = p_id;
  RETURN jsonb_build_object('outcome', 'chosen', 'state', row.state, 'before', lane_before(p_user, row.seq), 'next', next);
END $$;

-- As before, and a file's own formats go before its person's.
CREATE OR REPLACE FUNCTION lane_claim(p_id bigint, p_fence int, p_holder text, p_lease_ms double precision)
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
  RETURN (SELECT to_jsonb(row) || jsonb_build_object('fence', new_fence, 'languageCode', u."languageCode",
                 'waitedSeconds', EXTRACT(EPOCH FROM clock_timestamp() - row."runAfter"),
                 'hasParts', EXISTS (SELECT FROM part WHERE "transcriptionId" = p_id),
                 'documents', CASE WHEN cardinality(row.formats) = 0 THEN s.documents
                   ELSE COALESCE(s.documents, '{}') || jsonb_build_object('formats', row.formats) END,
                 -- Now and then, not under every transcript of who would rather choose.
                 'offersAlways', COALESCE(s."defaultEngine" IS NULL AND s."lastEngine" = row.engine
                                          AND s."sameChoices" IN (3, 10, 30), false))
            FROM "user" u LEFT JOIN setting s ON s."userId" = u.id WHERE u.id = row."userId");
END $$;
