-- Trigger: records a status message in `answer_message`.
-- Locks: the row of `answer_message` it writes
-- Called by: status_remembered
CREATE OR REPLACE FUNCTION remember_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO answer_message ("chatId", "messageId", "transcriptionId", kind)
  VALUES (NEW."chatId", NEW."statusMessageId", NEW.id, 'status')
  ON CONFLICT ("chatId", "messageId") DO UPDATE
     SET "transcriptionId" = EXCLUDED."transcriptionId", kind = EXCLUDED.kind, part = 0;
  RETURN NULL;
END $$;
