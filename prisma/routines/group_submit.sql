-- Takes an upload in a group, as lane_submit does. The first user who asks for an upload owns its transcription. A later
-- request for the same file, or for a copy of it, returns that one, unless it FAILED or was CANCELLED.
-- p: as lane_submit
-- Returns: as lane_submit
-- Locks: an advisory lock on the chat and file until the transaction ends, then as lane_submit
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION group_submit(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  row transcription;
BEGIN
  -- Requests for the same file in the same group wait for one another.
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
