-- Undoes a claim whose response was lost, for its holder, without counting an attempt. The fence of a claim is the fence of
-- its token plus one, and no two claims have the same.
-- p_fence: the fence of the token
-- p_holder: the process that claimed
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- Returns: a token to claim with, or null when this holder has no such claim
-- Locks: as lane_requeue
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_unclaim(p_id bigint, p_fence int, p_holder text, p_dispatch_ms double precision) RETURNS jsonb
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM lane WHERE "activeId" = p_id AND fence = p_fence + 1 AND holder = p_holder;
  IF NOT FOUND THEN RETURN NULL; END IF;
  RETURN lane_requeue(p_id, p_fence + 1, NULL, NULL, 0, false, p_dispatch_ms)->'token';
END $$;
