-- Trigger: keeps `answer_message` in step with the messages of a delivery.
-- Locks: the rows of `answer_message` it writes
-- Called by: delivery_remembered
CREATE OR REPLACE FUNCTION remember_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW."sentMessageIds" = OLD."sentMessageIds" THEN RETURN NULL; END IF;
    DELETE FROM answer_message WHERE "transcriptionId" = NEW."transcriptionId" AND kind = NEW.kind AND part = NEW.part
       AND "messageId" <> ALL (NEW."sentMessageIds");
  END IF;
  INSERT INTO answer_message ("chatId", "messageId", "transcriptionId", kind, part)
  SELECT t."chatId", message, t.id, NEW.kind, NEW.part
    FROM transcription t, unnest(NEW."sentMessageIds") AS message WHERE t.id = NEW."transcriptionId"
  ON CONFLICT ("chatId", "messageId") DO UPDATE
     SET "transcriptionId" = EXCLUDED."transcriptionId", kind = EXCLUDED.kind, part = EXCLUDED.part;
  RETURN NULL;
END $$;
