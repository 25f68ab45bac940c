-- Takes an upload: makes its user, chat, lane and transcription (CHOOSING). The same upload again returns the row that is
-- there. A full lane and a used-up quota refuse it.
-- p: {userId, firstName, lastName, username, languageCode, chatId, chatType, chatTitle, uploadKey, messageId, threadId,
--   kind, fileId, fileUniqueId, fileName, mimeType, fileSize, announcedSeconds, senderName, paidBy, formats, language,
--   sentAtSeconds, and the limits: waitingFiles, waitingSeconds, timeZone, minutesADay, minutesAMonth, pickerOverdueMs (time
--   after which choosing_unshown takes a transcription without a status message, in ms)}
-- Returns: {outcome: accepted, id, created, state, statusMessageId, lastEngine, defaultEngine}
--   | {outcome: full, limit: files | minutes, max} | as quota_refusal
-- Locks: the user's row when it changes, then their lane and the payer's, in the order of ids
-- Called by: src/store/lanes.ts, group_submit, lane_copy
CREATE OR REPLACE FUNCTION lane_submit(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  p_user bigint := (p->>'userId')::bigint;
  account "user";
  p_payer bigint := COALESCE((p->>'paidBy')::bigint, p_user);
  payer "user";
  payer_open int;
  l lane;
  row transcription;
  is_new boolean;
  seconds int := COALESCE((p->>'announcedSeconds')::int, 0);
  refusal jsonb;
BEGIN
  account := account_upsert(p);
  INSERT INTO chat (id, type, title) VALUES ((p->>'chatId')::bigint, p->>'chatType', p->>'chatTitle')
  ON CONFLICT (id) DO NOTHING;
  -- Locks the payer's lane too: files that several users send at the same time must not fit into the same rest of a quota.
  -- The order of ids prevents a deadlock of two users who pay for each other.
  INSERT INTO lane ("userId") SELECT id FROM unnest(ARRAY[p_user, p_payer]) AS id GROUP BY id ORDER BY id ON CONFLICT DO NOTHING;
  PERFORM 1 FROM lane WHERE "userId" IN (p_user, p_payer) ORDER BY "userId" FOR UPDATE;
  SELECT * INTO l FROM lane WHERE "userId" = p_user;
  SELECT * INTO row FROM transcription WHERE "uploadKey" = p->>'uploadKey';
  is_new := NOT FOUND;
  IF is_new THEN
    IF l.open >= COALESCE(account."waitingFiles", (p->>'waitingFiles')::int) THEN
      RETURN jsonb_build_object('outcome', 'full', 'limit', 'files',
                                'max', COALESCE(account."waitingFiles", (p->>'waitingFiles')::int));
    END IF;
    -- An empty lane accepts a file of any length; the quota checks it.
    IF l.open > 0 AND l."openSeconds" + seconds > (p->>'waitingSeconds')::int THEN
      RETURN jsonb_build_object('outcome', 'full', 'limit', 'minutes', 'max', round((p->>'waitingSeconds')::int / 60.0));
    END IF;
    SELECT * INTO payer FROM "user" WHERE id = p_payer;
    payer_open := open_seconds(p_payer);
    -- Checks the month first: a daily reset does not help when the month is used up.
    refusal := COALESCE(
      quota_refusal(p_payer, p->>'timeZone', 'month', 30,
                    COALESCE(payer."minutesAMonth", (p->>'minutesAMonth')::int), payer_open, seconds),
      quota_refusal(p_payer, p->>'timeZone', 'day', 1,
                    COALESCE(payer."minutesADay", (p->>'minutesADay')::int), payer_open, seconds));
    IF refusal IS NOT NULL THEN RETURN refusal; END IF;
    UPDATE lane SET "nextSeq" = "nextSeq" + 1 WHERE "userId" = p_user;
    INSERT INTO transcription ("userId", seq, state, "uploadKey", "chatId", "messageId", "threadId", kind, "fileId",
      "fileUniqueId", "fileName", "mimeType", "fileSize", "announcedSeconds", "senderName", "payerId", formats, language, "sentAt", "runAfter")
    VALUES (p_user, l."nextSeq", 'CHOOSING', p->>'uploadKey', (p->>'chatId')::bigint, (p->>'messageId')::int,
      (p->>'threadId')::int, p->>'kind', p->>'fileId', p->>'fileUniqueId', p->>'fileName', p->>'mimeType',
      (p->>'fileSize')::bigint, (p->>'announcedSeconds')::int, p->>'senderName',
      NULLIF(p_payer, p_user), ARRAY(SELECT jsonb_array_elements_text(COALESCE(p->'formats', '[]'))),
      COALESCE(p->>'language', (SELECT s."speechLanguage" FROM setting s WHERE s."userId" = p_user)),
      to_timestamp((p->>'sentAtSeconds')::bigint), clock_timestamp() + milliseconds((p->>'pickerOverdueMs')::double precision))
    RETURNING * INTO row;
  END IF;
  RETURN jsonb_build_object('outcome', 'accepted', 'id', row.id, 'created', is_new, 'state', row.state,
    'statusMessageId', row."statusMessageId",
    'lastEngine', (SELECT s."lastEngine" FROM setting s WHERE s."userId" = p_user),
    'defaultEngine', (SELECT s."defaultEngine" FROM setting s WHERE s."userId" = p_user));
END $$;
