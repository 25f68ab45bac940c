-- Takes a note that came to a connected account into its owner's lane, on the engine of the connection: QUEUED or PENDING
-- at once, without a picker. The same note again returns the row that is there. An ended connection takes none.
-- p: as lane_submit; `userId` is the owner
-- p_note: {connectionId, peerId, messageId, peerName, username, isMine, keptHours: hours for which it is kept}
-- p_engine: the only engine that may transcribe it
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: as lane_submit, with `next`: the token to send, or null; or {outcome: ended}
-- Locks: the connection against its end, then as lane_submit, then the transcription
-- Called by: src/features/secretary/store/notes.ts
CREATE OR REPLACE FUNCTION secretary_submit(p jsonb, p_note jsonb, p_engine text, p_dispatch_ms double precision) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  p_user bigint := (p->>'userId')::bigint;
  result jsonb;
  row_id bigint;
  is_free boolean;
  new_fence int;
  next jsonb;
BEGIN
  PERFORM 1 FROM secretary_connection
   WHERE id = (p_note->>'connectionId')::bigint AND "userId" = p_user AND "endedAt" IS NULL FOR SHARE;
  IF NOT FOUND THEN RETURN '{"outcome": "ended"}'; END IF;
  result := lane_submit(p);
  IF result->>'outcome' <> 'accepted' OR NOT (result->>'created')::boolean THEN
    RETURN result || '{"next": null}';
  END IF;
  row_id := (result->>'id')::bigint;
  INSERT INTO secretary_note ("transcriptionId", "connectionId", "peerId", "messageId", "peerName", username, "isMine", "keptUntil")
  VALUES (row_id, (p_note->>'connectionId')::bigint, (p_note->>'peerId')::bigint, (p_note->>'messageId')::int,
          p_note->>'peerName', p_note->>'username', (p_note->>'isMine')::boolean,
          clock_timestamp() + (p_note->>'keptHours')::int * interval '1 hour');
  -- lane_submit has locked the lane. The choice is the connection's, so the user's last choice stays (engine_chosen).
  SELECT "activeId" IS NULL AND waiting = 0 INTO is_free FROM lane WHERE "userId" = p_user;
  UPDATE transcription SET state = CASE WHEN is_free THEN 'QUEUED' ELSE 'PENDING' END::transcription_state,
         engine = p_engine, purpose = 'note', "runAfter" = clock_timestamp() WHERE id = row_id;
  IF is_free THEN
    UPDATE lane SET "activeId" = row_id, fence = fence + 1, holder = NULL,
           "leaseUntil" = clock_timestamp() + milliseconds(p_dispatch_ms)
     WHERE "userId" = p_user RETURNING fence INTO new_fence;
    next := lane_token(row_id, new_fence, p_engine);
  ELSE
    next := lane_promote(p_user, p_dispatch_ms);
  END IF;
  RETURN result || jsonb_build_object('state', (SELECT state FROM transcription WHERE id = row_id), 'next', next);
END $$;
