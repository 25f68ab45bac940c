-- Marks deliveries of one answer as sent. The message of a status delivery becomes the transcription's status message: the
-- first one, or a new one that took the place of an earlier one. When only the album of one of a burst is left, it is held back
-- for a minute at most, for the albums of the others (albums_release).
-- p_sent: [{kind, part, messageIds: ids of the messages that carry it}, …]
-- p_last: no other delivery of this answer is left, as far as the caller knows
-- Returns: false when one of the deliveries was deleted
-- Locks: the transcription when p_last or with a status, then the deliveries, then as albums_release
-- Called by: src/store/deliveries.ts
CREATE OR REPLACE FUNCTION deliveries_sent(p_id bigint, p_sent jsonb, p_last boolean) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  marked int;
  status_message int;
  its_burst bigint;
  unsent boolean;
  held boolean := false;
BEGIN
  status_message := jsonb_path_query_first(p_sent, '$[*] ? (@.kind == "status").messageIds[0]');
  -- delivery_add waits for this lock, so no delivery is added in between.
  IF p_last OR status_message IS NOT NULL THEN
    SELECT "burstId" INTO its_burst FROM transcription WHERE id = p_id FOR NO KEY UPDATE;
  END IF;
  UPDATE delivery d SET "sentMessageIds" = s."messageIds", "sentAt" = clock_timestamp()
    FROM jsonb_to_recordset(p_sent) AS s(kind text, part int, "messageIds" int[])
   WHERE d."transcriptionId" = p_id AND d.kind = s.kind AND d.part = s.part;
  GET DIAGNOSTICS marked = ROW_COUNT;
  IF marked < jsonb_array_length(p_sent) THEN RETURN false; END IF;
  IF p_last THEN
    SELECT count(*) > 0, count(*) > 0 AND bool_and(kind = 'album') INTO unsent, held
      FROM delivery WHERE "transcriptionId" = p_id AND "sentAt" IS NULL;
    -- The lock of the burst: what ends at this moment either sees the held album, or is seen as ended.
    IF held THEN
      PERFORM 1 FROM burst b WHERE b.id = its_burst AND b.state = 'TOGETHER' FOR UPDATE;
      held := FOUND;
    END IF;
    UPDATE transcription t SET "statusMessageId" = COALESCE(status_message, "statusMessageId"),
           "deliverAttempts" = CASE WHEN held THEN -1 ELSE "deliverAttempts" END,
           "deliverAfter" = CASE WHEN NOT unsent THEN NULL WHEN NOT held THEN now() ELSE COALESCE(
             (SELECT min(o."deliverAfter") FROM transcription o WHERE o."burstId" = its_burst AND o."deliverAttempts" = -1),
             now() + interval '1 minute') END
     WHERE id = p_id;
    IF its_burst IS NOT NULL THEN PERFORM albums_release(its_burst); END IF;
  ELSIF status_message IS NOT NULL THEN
    UPDATE transcription SET "statusMessageId" = status_message WHERE id = p_id AND "statusMessageId" IS DISTINCT FROM status_message;
  END IF;
  RETURN true;
END $$;
