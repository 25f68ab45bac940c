-- Marks deliveries of one answer as sent. The message of a status delivery becomes the transcription's status message: the
-- first one, or a new one that took the place of an earlier one.
-- p_sent: [{kind, part, messageIds: ids of the messages that carry it}, …]
-- p_last: no other delivery of this answer is left, as far as the caller knows
-- Returns: false when one of the deliveries was deleted
-- Locks: the transcription when p_last or with a status, then the deliveries
-- Called by: src/store/deliveries.ts
CREATE OR REPLACE FUNCTION deliveries_sent(p_id bigint, p_sent jsonb, p_last boolean) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  marked int;
  status_message int;
BEGIN
  status_message := jsonb_path_query_first(p_sent, '$[*] ? (@.kind == "status").messageIds[0]');
  -- delivery_add waits for this lock, so no delivery is added in between.
  IF p_last OR status_message IS NOT NULL THEN PERFORM 1 FROM transcription WHERE id = p_id FOR NO KEY UPDATE; END IF;
  UPDATE delivery d SET "sentMessageIds" = s."messageIds", "sentAt" = clock_timestamp()
    FROM jsonb_to_recordset(p_sent) AS s(kind text, part int, "messageIds" int[])
   WHERE d."transcriptionId" = p_id AND d.kind = s.kind AND d.part = s.part;
  GET DIAGNOSTICS marked = ROW_COUNT;
  IF marked < jsonb_array_length(p_sent) THEN RETURN false; END IF;
  IF p_last THEN
    UPDATE transcription SET "statusMessageId" = COALESCE(status_message, "statusMessageId"), "deliverAfter" = CASE
             WHEN EXISTS (SELECT FROM delivery WHERE "transcriptionId" = p_id AND "sentAt" IS NULL) THEN now() END
     WHERE id = p_id;
  ELSIF status_message IS NOT NULL THEN
    UPDATE transcription SET "statusMessageId" = status_message WHERE id = p_id AND "statusMessageId" IS DISTINCT FROM status_message;
  END IF;
  RETURN true;
END $$;
