-- Gives a transcription that has just got its engine its position in the lane: the slot, when its state is QUEUED. The caller
-- holds the lane's lock.
-- p_state: QUEUED when the lane is free, else PENDING
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- p_is_users_choice: true when the user chose the engine for this upload, so that it is their last choice (engine_chosen)
-- Returns: {outcome: chosen, state, before: how many come first, next: the token to send, or null}
-- Locks: the user's row of `setting`, when it is the user's choice; as lane_promote
-- Called by: lane_choose, lane_submit, secretary_submit
CREATE OR REPLACE FUNCTION lane_enter(p_id bigint, p_user bigint, p_seq int, p_state transcription_state, p_engine text,
  p_dispatch_ms double precision, p_is_users_choice boolean) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  new_fence int;
  next jsonb;
BEGIN
  IF p_is_users_choice THEN PERFORM engine_chosen(p_user, p_engine); END IF;
  IF p_state = 'QUEUED' THEN
    UPDATE lane SET "activeId" = p_id, fence = fence + 1, holder = NULL,
           "leaseUntil" = clock_timestamp() + milliseconds(p_dispatch_ms)
     WHERE "userId" = p_user RETURNING fence INTO new_fence;
    RETURN jsonb_build_object('outcome', 'chosen', 'state', p_state, 'before', 0,
                              'next', lane_token(p_id, new_fence, p_engine));
  END IF;
  next := lane_promote(p_user, p_dispatch_ms);
  RETURN jsonb_build_object('outcome', 'chosen', 'state', CASE WHEN (next->>'id')::bigint = p_id THEN 'QUEUED' ELSE 'PENDING' END,
                            'before', lane_before(p_user, p_seq), 'next', next);
END $$;
