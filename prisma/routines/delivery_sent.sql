-- Marks a delivery as sent. The message of a status delivery becomes the transcription's status message when it has none.
-- p_part: the delivery's number within its kind
-- p_messages: ids of the messages that carry it
-- p_last: no other delivery of this answer is left, as far as the caller knows
-- Returns: false when the delivery was deleted
-- Locks: the transcription when p_last, and the delivery
-- Called by: src/store/deliveries.ts
CREATE OR REPLACE FUNCTION delivery_sent(p_id bigint, p_kind text, p_part int, p_messages int[], p_last boolean) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  -- delivery_add waits for this lock, so no delivery is added in between.
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
