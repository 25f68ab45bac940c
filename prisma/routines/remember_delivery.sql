-- Trigger: keeps `answer_message` in step with the messages of a delivery.
-- Locks: the rows of `answer_message` it writes
-- Called by: delivery_remembered, delivery_remembered_new
CREATE OR REPLACE FUNCTION remember_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A status message may be there before its delivery.
  IF TG_OP = 'UPDATE' AND (OLD."sentMessageIds" <> '{}' OR NEW.kind = 'status') THEN
    DELETE FROM answer_message WHERE "transcriptionId" = NEW."transcriptionId" AND kind = NEW.kind AND part = NEW.part
       AND "messageId" <> ALL (NEW."sentMessageIds");
  END IF;
  INSERT INTO answer_message ("chatId", "messageId", "transcriptionId", kind, part)
  SELECT t."chatId", message, t.id, NEW.kind, NEW.part
    FROM transcription t, unnest(NEW."sentMessageIds") AS message WHERE t.id = NEW."transcriptionId"
  ON CONFLICT ("chatId", "messageId") DO UPDATE
     SET "transcriptionId" = EXCLUDED."transcriptionId", kind = EXCLUDED.kind, part = EXCLUDED.part
   WHERE (answer_message."transcriptionId", answer_message.kind, answer_message.part)
         <> (EXCLUDED."transcriptionId", EXCLUDED.kind, EXCLUDED.part);
  RETURN NULL;
END $$;
