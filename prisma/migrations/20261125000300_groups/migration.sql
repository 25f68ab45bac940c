-- Groups: what their admins have chosen, one file for the same recording whoever asks, and groups that move.

CREATE TABLE group_setting (
  "chatId" bigint PRIMARY KEY REFERENCES chat (id) ON DELETE CASCADE ON UPDATE CASCADE,
  -- Every voice message is written down unasked …
  automatic boolean NOT NULL DEFAULT false,
  -- … as this admin has switched on: what nobody sent under their own name is theirs.
  "automaticById" bigint REFERENCES "user" (id) ON DELETE SET NULL ON UPDATE CASCADE,
  -- Taken without asking; null: the person's.
  engine text,
  "speechLanguage" text,
  -- Documents that come with every transcript.
  formats text[] NOT NULL DEFAULT '{}'
);
CREATE INDEX "group_setting_automaticById_idx" ON group_setting ("automaticById");

-- The same recording in a group, and what is under way there.
CREATE INDEX transcription_group_file ON transcription ("chatId", "fileUniqueId") WHERE "chatId" < 0;
CREATE INDEX transcription_group_open ON transcription ("chatId", id)
  WHERE "chatId" < 0 AND state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING');

-- A recording in a group has been asked for, as lane_submit takes it. The first who asks owns it; whoever asks for it
-- again, also for a copy, is told what is there, unless that came to nothing.
CREATE FUNCTION group_submit(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  row transcription;
BEGIN
  -- Two who ask at once wait for each other.
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

-- A group has become a supergroup: what belongs to the one belongs to the other. Its old messages cannot be reached from
-- there, and their numbers may be other messages' there.
CREATE FUNCTION group_move(p_from bigint, p_to bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM chat WHERE id = p_from FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO chat (id, type, title) SELECT p_to, 'supergroup', title FROM chat WHERE id = p_from ON CONFLICT DO NOTHING;
  UPDATE delivery SET "sentMessageIds" = '{}'
   WHERE "transcriptionId" IN (SELECT id FROM transcription WHERE "chatId" = p_from);
  UPDATE transcription SET "chatId" = p_to, "messageId" = 0, "statusMessageId" = NULL WHERE "chatId" = p_from;
  UPDATE group_setting SET "chatId" = p_to
   WHERE "chatId" = p_from AND NOT EXISTS (SELECT FROM group_setting WHERE "chatId" = p_to);
  DELETE FROM chat WHERE id = p_from;
END $$;
