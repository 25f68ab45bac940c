-- Adds a delivery to the answer of a COMPLETED transcription, such as an album of documents, a clip or a revision. The
-- same payload is added once while it is unsent.
-- p_id: the transcription
-- p_user: its user
-- p_kind: the kind of delivery (domain/delivery.ts)
-- p_payload: its contents
-- Returns: added | already (the same is unsent) | unknown
-- Locks: the transcription, so that deliveries_sent of its last delivery does not overlook the new one
-- Called by: src/store/deliveries.ts, correction_apply, correction_undo, lane_delete, speakers_change
CREATE OR REPLACE FUNCTION delivery_add(p_id bigint, p_user bigint, p_kind text, p_payload jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM transcription WHERE id = p_id AND "userId" = p_user AND state = 'COMPLETED' FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  -- Albums are compared by their formats alone: the rest of the choice may have changed since.
  PERFORM 1 FROM delivery WHERE "transcriptionId" = p_id AND kind = p_kind AND "sentAt" IS NULL
    AND CASE WHEN kind = 'album' THEN payload->'formats' = p_payload->'formats' ELSE payload = p_payload END;
  IF FOUND THEN RETURN 'already'; END IF;
  INSERT INTO delivery ("transcriptionId", kind, part, payload)
  SELECT p_id, p_kind, COALESCE(max(part) + 1, 0), p_payload
    FROM delivery WHERE "transcriptionId" = p_id AND kind = p_kind;
  -- A process that is still sending the rest of the answer finds this delivery at its end; an album
  -- that is held back goes out with it.
  UPDATE transcription SET "deliverAttempts" = 0,
         "deliverAfter" = CASE WHEN "deliverAttempts" = -1 THEN now() ELSE COALESCE("deliverAfter", now()) END WHERE id = p_id;
  RETURN 'added';
END $$;
