-- Returns a token: the transcription whose turn it is, the lane's fence and the engine.
-- Returns: {id, fence, engine}
-- Locks: none
-- Called by: lane_enter, lane_finished, lane_force_release, lane_promote, lane_requeue, lane_sweep, src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_token(p_id bigint, p_fence int, p_engine text) RETURNS jsonb LANGUAGE sql IMMUTABLE
  RETURN jsonb_build_object('id', p_id, 'fence', p_fence, 'engine', p_engine);
