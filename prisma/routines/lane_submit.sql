-- Takes an upload: makes its user, chat, lane and transcription (CHOOSING). The same upload again returns the row that is
-- there. A full lane and a used-up quota refuse it.
-- p: {userId, firstName, lastName, username, languageCode, chatId, chatType, chatTitle, uploadKey, messageId, threadId,
--   kind, fileId, fileUniqueId, fileName, mimeType, fileSize, announcedSeconds, senderName, formats, language,
--   sentAtSeconds, and the limits: maxOpen, maxOpenSeconds, timeZone, minutesADay, minutesAMonth}
-- Returns: {outcome: accepted, id, created, state, statusMessageId, lastEngine, defaultEngine}
--   | {outcome: full, limit: files | minutes, most} | as quota_refusal
-- Locks: the user's row when it changes, then their lane
-- Called by: src/store/lanes.ts, group_submit, lane_copy
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
    -- An empty lane takes an upload of any length; its maximum length is checked elsewhere.
    IF l.open > 0 AND l."openSeconds" + seconds > (p->>'maxOpenSeconds')::int THEN
      RETURN jsonb_build_object('outcome', 'full', 'limit', 'minutes', 'most', round((p->>'maxOpenSeconds')::int / 60.0));
    END IF;
    -- Programs of a release without quotas send no time zone.
    IF p ? 'timeZone' THEN
      -- The month comes first: when it is used up, another day does not help.
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
