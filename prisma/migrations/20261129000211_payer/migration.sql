-- In automatic mode of a group the admin who switched it on pays: the file is its sender's, its minutes are the admin's.

ALTER TABLE transcription
  -- Whose quota it counts towards; null: its owner's.
  ADD COLUMN "payerId" bigint REFERENCES "user" (id) ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX transcription_paid ON transcription ("payerId", state) WHERE "payerId" IS NOT NULL;
-- Open files of a person that somebody else pays for.
CREATE INDEX transcription_paid_for ON transcription ("userId")
  WHERE "payerId" IS NOT NULL AND state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING');

-- Until then the group has been told that the admin's minutes are used up.
ALTER TABLE group_setting ADD COLUMN "spentToldUntil" timestamptz(3);

-- Announced seconds of what has not ended and counts towards somebody's quota: their own files, but for those that others
-- pay for, and those of others that they pay for. The states are spelt out because the indexes are of these alone.
CREATE FUNCTION open_seconds(p_user bigint) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT COALESCE((SELECT "openSeconds" FROM lane WHERE "userId" = p_user), 0)
    - COALESCE((SELECT sum("announcedSeconds") FROM transcription
                 WHERE "userId" = p_user AND "payerId" IS NOT NULL
                   AND state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING')), 0)::int
    + COALESCE((SELECT sum("announcedSeconds") FROM transcription
                 WHERE "payerId" = p_user AND state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING')), 0)::int $$;

-- As before, and the minutes may be somebody else's: p->paidBy.
CREATE OR REPLACE FUNCTION lane_submit(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  p_user bigint := (p->>'userId')::bigint;
  person "user";
  p_payer bigint := COALESCE((p->>'paidBy')::bigint, p_user);
  payer "user";
  payer_open int;
  l lane;
  row transcription;
  is_new boolean;
  seconds int := COALESCE((p->>'announcedSeconds')::int, 0);
  refusal jsonb;
BEGIN
  person := account_meet(p);
  INSERT INTO chat (id, type, title) VALUES ((p->>'chatId')::bigint, p->>'chatType', p->>'chatTitle')
  ON CONFLICT (id) DO NOTHING;
  -- The payer's lane too: files that others send at the same time must not fit into the same rest of a quota. Always in
  -- the order of the ids, so that two who pay for each other do not wait for each other.
  INSERT INTO lane ("userId") SELECT id FROM unnest(ARRAY[p_user, p_payer]) AS id GROUP BY id ORDER BY id ON CONFLICT DO NOTHING;
  PERFORM 1 FROM lane WHERE "userId" IN (p_user, p_payer) ORDER BY "userId" FOR UPDATE;
  SELECT * INTO l FROM lane WHERE "userId" = p_user;
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
      SELECT * INTO payer FROM "user" WHERE id = p_payer;
      payer_open := open_seconds(p_payer);
      -- The month first: who has used it up is not helped by another day.
      refusal := COALESCE(
        quota_refusal(p_payer, p->>'timeZone', 'month', 30,
                      COALESCE(payer."minutesAMonth", (p->>'minutesAMonth')::int), payer_open, seconds),
        quota_refusal(p_payer, p->>'timeZone', 'day', 1,
                      COALESCE(payer."minutesADay", (p->>'minutesADay')::int), payer_open, seconds));
      IF refusal IS NOT NULL THEN RETURN refusal; END IF;
    END IF;
    UPDATE lane SET "nextSeq" = "nextSeq" + 1 WHERE "userId" = p_user;
    INSERT INTO transcription ("userId", seq, state, "uploadKey", "chatId", "messageId", "threadId", kind, "fileId",
      "fileUniqueId", "fileName", "mimeType", "fileSize", "announcedSeconds", "senderName", "payerId", formats, language, "sentAt", "runAfter")
    VALUES (p_user, l."nextSeq", 'CHOOSING', p->>'uploadKey', (p->>'chatId')::bigint, (p->>'messageId')::int,
      (p->>'threadId')::int, p->>'kind', p->>'fileId', p->>'fileUniqueId', p->>'fileName', p->>'mimeType',
      (p->>'fileSize')::bigint, (p->>'announcedSeconds')::int, p->>'senderName',
      NULLIF(p_payer, p_user), ARRAY(SELECT jsonb_array_elements_text(COALESCE(p->'formats', '[]'))),
      COALESCE(p->>'language', (SELECT s."speechLanguage" FROM setting s WHERE s."userId" = p_user)),
      to_timestamp((p->>'sentAtSeconds')::bigint), clock_timestamp() + interval '15 seconds')
    RETURNING * INTO row;
  END IF;
  RETURN jsonb_build_object('outcome', 'accepted', 'id', row.id, 'created', is_new, 'state', row.state,
    'statusMessageId', row."statusMessageId",
    'lastEngine', (SELECT s."lastEngine" FROM setting s WHERE s."userId" = p_user),
    'defaultEngine', (SELECT s."defaultEngine" FROM setting s WHERE s."userId" = p_user));
END $$;

-- As before, and what it took counts as its payer's.
CREATE OR REPLACE FUNCTION lane_finish(p_id bigint, p_fence int, p jsonb, p_dispatch_ms double precision, p_deliver_ms double precision)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  p_user bigint;
  cancelled boolean;
  joined boolean := false;
  next jsonb;
BEGIN
  SELECT "userId" INTO p_user FROM lane WHERE "activeId" = p_id AND fence = p_fence FOR UPDATE;
  IF NOT FOUND THEN RETURN jsonb_build_object('result', 'lost', 'next', NULL); END IF;
  IF jsonb_typeof(p->'usage') = 'object' THEN
    INSERT INTO usage ("transcriptionId", "userId", engine, "audioSeconds", "listenedSeconds", "downloadMs", "decodeMs",
                       "listenMs", cost, currency)
    SELECT p_id, COALESCE((SELECT "payerId" FROM transcription WHERE id = p_id), p_user), u.engine, u."audioSeconds", u."listenedSeconds", u."downloadMs", u."decodeMs", u."listenMs",
           u.cost, u.currency
      FROM jsonb_to_record(p->'usage') AS u(engine text, "audioSeconds" float8, "listenedSeconds" float8,
           "downloadMs" int, "decodeMs" int, "listenMs" int, cost float8, currency text)
    ON CONFLICT ("transcriptionId") DO UPDATE SET "userId" = EXCLUDED."userId", engine = EXCLUDED.engine, "audioSeconds" = EXCLUDED."audioSeconds",
       "listenedSeconds" = EXCLUDED."listenedSeconds", "downloadMs" = EXCLUDED."downloadMs",
       "decodeMs" = EXCLUDED."decodeMs", "listenMs" = EXCLUDED."listenMs", cost = EXCLUDED.cost,
       currency = EXCLUDED.currency, "endedAt" = now();
  END IF;
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
    joined := is_joined(p_id);
    DELETE FROM part WHERE "transcriptionId" = p_id;
  END IF;
  next := lane_end(p_id, p_user, (p->>'state')::transcription_state, p->>'errorCode', p->'errorDetails',
                   CASE WHEN joined THEN joined_deliveries(p->'deliveries') ELSE p->'deliveries' END,
                   p_dispatch_ms, CASE WHEN joined THEN 0 ELSE p_deliver_ms END);
  RETURN jsonb_build_object('result', 'committed', 'next', next, 'joined', joined);
END $$;

-- As before, and what they paid for stays with its senders.
CREATE OR REPLACE FUNCTION forget_account(p_user bigint, p_limit int) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  gone int;
  lots int := 0;
  person "user";
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  PERFORM 1 FROM transcription WHERE "userId" = p_user;
  IF FOUND THEN RETURN '{"left": true, "stays": false}'; END IF;
  DELETE FROM usage WHERE "transcriptionId" IN (
    SELECT "transcriptionId" FROM usage WHERE "userId" = p_user AND "endedAt" < now() - interval '31 days' LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; lots := lots + gone;
  DELETE FROM feedback WHERE "transcriptionId" IN (SELECT "transcriptionId" FROM feedback WHERE "userId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; lots := lots + gone;
  DELETE FROM glossary_entry WHERE id IN (SELECT id FROM glossary_entry WHERE "userId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; lots := lots + gone;
  DELETE FROM bundle WHERE id IN (SELECT id FROM bundle WHERE "userId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; lots := lots + gone;
  -- Files that others sent and they paid for are the senders': these stay, and say no more who paid.
  UPDATE transcription SET "payerId" = NULL
   WHERE id IN (SELECT id FROM transcription WHERE "payerId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; lots := lots + gone;
  IF lots > 0 THEN RETURN '{"left": true, "stays": false}'; END IF;
  DELETE FROM setting WHERE "userId" = p_user;
  DELETE FROM history_view WHERE "userId" = p_user;
  DELETE FROM export WHERE "userId" = p_user;
  DELETE FROM admin_link WHERE "userId" = p_user;
  DELETE FROM admin_session WHERE "userId" = p_user;
  -- Who paid in these groups is gone: with the next recording the group is told, and automatic mode ends.
  UPDATE group_setting SET "automaticById" = NULL WHERE "automaticById" = p_user;
  DELETE FROM chat WHERE id = p_user;
  UPDATE "user" SET "firstName" = '', "lastName" = NULL, username = NULL, "languageCode" = NULL, "chosenLanguage" = NULL,
         role = 'USER', "admittedAt" = NULL, "lastSeenAt" = NULL, "refusalToldAt" = NULL, announcements = true,
         "leftAt" = now(), "forgottenAt" = now()
   WHERE id = p_user RETURNING * INTO person;
  IF person."blockedAt" IS NULL AND COALESCE(person."minutesADay", person."minutesAMonth", person."waitingFiles") IS NULL
     AND NOT EXISTS (SELECT FROM usage WHERE "userId" = p_user) THEN
    DELETE FROM "user" WHERE id = p_user;
    RETURN '{"left": false, "stays": false}';
  END IF;
  RETURN '{"left": false, "stays": true}';
END $$;
