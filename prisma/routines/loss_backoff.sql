-- Returns the rest before a transcription of a lost worker is tried again, in ms: none after the first loss, then
-- p_first_ms, doubled with each loss and jittered by a quarter, at most 300 times p_first_ms. The jitter keeps
-- transcriptions that were lost together from being tried together again.
-- Locks: none
-- Called by: lane_sweep
CREATE OR REPLACE FUNCTION loss_backoff(p_losses int, p_first_ms double precision) RETURNS double precision LANGUAGE sql VOLATILE
  RETURN CASE WHEN p_losses < 2 THEN 0
              ELSE p_first_ms * LEAST(300, 2 ^ LEAST(p_losses - 2, 20)) * (0.75 + random() / 2) END;
