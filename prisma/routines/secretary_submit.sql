-- Takes a note that came to a connected account into its owner's lane, on the engine of the connection: QUEUED or PENDING
-- at once, without a picker. The same note again returns the row that is there. An ended connection takes none.
-- p: as lane_submit; `userId` is the owner
-- p_note: {connectionId, peerId, messageId, peerName, username, isMine, retentionHours: hours for which it is kept}
-- p_engine: the only engine that may transcribe it
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: as lane_submit, with `next`: the token to send, or null; or {outcome: ended}
-- Locks: the connection against its end, then as lane_submit and lane_enter
-- Called by: src/features/secretary/store/notes.ts
CREATE OR REPLACE FUNCTION secretary_submit(p jsonb, p_note jsonb, p_engine text, p_dispatch_ms double precision) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  p_user bigint := (p->>'userId')::bigint;
  result jsonb;
  row_id bigint;
  row_seq int;
  row_state transcription_state;
  choice jsonb;
BEGIN
  PERFORM 1 FROM secretary_connection
   WHERE id = (p_note->>'connectionId')::bigint AND "userId" = p_user AND "endedAt" IS NULL FOR SHARE;
  IF NOT FOUND THEN RETURN '{"outcome": "ended"}'; END IF;
  result := lane_submit(p);
  IF result->>'outcome' <> 'accepted' OR NOT (result->>'created')::boolean THEN
    RETURN result || '{"next": null}';
  END IF;
  row_id := (result->>'id')::bigint;
  INSERT INTO secretary_note ("transcriptionId", "connectionId", "peerId", "messageId", "peerName", username, "isMine", "retainedUntil")
  VALUES (row_id, (p_note->>'connectionId')::bigint, (p_note->>'peerId')::bigint, (p_note->>'messageId')::int,
          p_note->>'peerName', p_note->>'username', (p_note->>'isMine')::boolean,
          clock_timestamp() + (p_note->>'retentionHours')::int * interval '1 hour');
  -- lane_submit has locked the lane.
  SELECT CASE WHEN "activeId" IS NULL AND pending = 0 THEN 'QUEUED' ELSE 'PENDING' END INTO row_state
    FROM lane WHERE "userId" = p_user;
  UPDATE transcription SET state = row_state, engine = p_engine, purpose = 'note', "runAfter" = clock_timestamp()
   WHERE id = row_id RETURNING seq INTO row_seq;
  -- The choice is the connection's.
  choice := lane_enter(row_id, p_user, row_seq, row_state, p_engine, p_dispatch_ms, false);
  RETURN result || jsonb_build_object('state', choice->'state', 'next', choice->'next');
END $$;
