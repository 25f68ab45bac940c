-- Deletes a transcription of this user, in any state, with its text, its history and the messages about it in the chat.
-- A document that was made of it and others goes over to one of the others, and is written again without it.
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: {outcome: deleted, messageIds: messages to delete, renews: whether such a document is written again, next: the token
--   to send, or null}, or {outcome: unknown}
-- Locks: the user's lane, then the transcription, then the one that gets the document
-- Called by: secretary_prune, src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_delete(p_id bigint, p_user bigint, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  messages jsonb;
  burst_id bigint;
  heir bigint;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT "burstId" INTO burst_id FROM transcription WHERE id = p_id AND "userId" = p_user;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  SELECT t.id INTO heir FROM transcription t JOIN transcript tr ON tr."transcriptionId" = t.id
   WHERE t."burstId" = burst_id AND t.id <> p_id AND t.state = 'COMPLETED'
     AND EXISTS (SELECT FROM transcription head JOIN delivery d ON d."transcriptionId" = head.id AND d.kind = 'bundle'
                  WHERE head."burstId" = burst_id)
   ORDER BY t."sentAt", t.id LIMIT 1;
  IF heir IS NOT NULL THEN
    UPDATE delivery SET "transcriptionId" = heir WHERE "transcriptionId" = p_id AND kind = 'bundle';
    UPDATE answer_message SET "transcriptionId" = heir WHERE "transcriptionId" = p_id AND kind = 'bundle';
    PERFORM delivery_add(heir, p_user, 'revision', jsonb_build_object('revision',
      (SELECT revision FROM transcript WHERE "transcriptionId" = heir)));
  END IF;
  SELECT COALESCE(jsonb_agg(message), '[]') INTO messages FROM (
    SELECT "messageId" AS message FROM answer_message WHERE "transcriptionId" = p_id AND kind <> 'status'
    UNION
    SELECT unnest(d."sentMessageIds") FROM transcription t
      JOIN delivery d ON d."transcriptionId" = t.id AND d.kind = 'bundle' WHERE t."burstId" = burst_id AND heir IS NULL
  ) AS sent;
  UPDATE lane SET "activeId" = NULL, holder = NULL, "leaseUntil" = NULL, fence = fence + 1
   WHERE "userId" = p_user AND "activeId" = p_id;
  DELETE FROM transcription WHERE id = p_id;
  RETURN jsonb_build_object('outcome', 'deleted', 'messageIds', messages, 'renews', heir IS NOT NULL,
                            'next', lane_promote(p_user, p_dispatch_ms));
END $$;
