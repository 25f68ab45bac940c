-- Whose message it was: a forwarded one's first sender, as their documents name them.
ALTER TABLE transcription ADD COLUMN "senderName" text;

-- As before, and the sender's name is kept.
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
      "fileUniqueId", "fileName", "mimeType", "fileSize", "announcedSeconds", "senderName", language, "sentAt", "runAfter")
    VALUES (p_user, l."nextSeq", 'CHOOSING', p->>'uploadKey', (p->>'chatId')::bigint, (p->>'messageId')::int,
      (p->>'threadId')::int, p->>'kind', p->>'fileId', p->>'fileUniqueId', p->>'fileName', p->>'mimeType',
      (p->>'fileSize')::bigint, (p->>'announcedSeconds')::int, p->>'senderName',
      COALESCE(p->>'language', (SELECT s."speechLanguage" FROM setting s WHERE s."userId" = p_user)),
      to_timestamp((p->>'sentAtSeconds')::bigint), clock_timestamp() + interval '15 seconds')
    RETURNING * INTO row;
  END IF;
  RETURN jsonb_build_object('outcome', 'accepted', 'id', row.id, 'created', is_new, 'state', row.state,
    'statusMessageId', row."statusMessageId",
    'lastEngine', (SELECT s."lastEngine" FROM setting s WHERE s."userId" = p_user));
END $$;
