-- Records that a worker was lost with this transcription, and counts its losses. Each worker counts once: a worker that
-- lives on and is only slow can lose the same transcription many times, which says nothing about the transcription.
-- The sweep finds the transcriptions of a lost worker one after the other, so those that it has already taken from the
-- worker count as well.
-- p_holder: the process that was lost
-- Returns: losses: all; alone_losses: those whose worker had no other transcription
-- Locks: the row of `worker_loss`; the lane is locked already
-- Called by: lane_sweep
CREATE OR REPLACE FUNCTION lane_lose(p_id bigint, p_user bigint, p_holder text, OUT losses int, OUT alone_losses int)
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO worker_loss ("transcriptionId", holder, alone)
  SELECT p_id, p_holder,
         NOT EXISTS (SELECT FROM lane WHERE holder = p_holder AND "userId" <> p_user)
         AND NOT EXISTS (SELECT FROM worker_loss w WHERE w.holder = p_holder AND w."transcriptionId" <> p_id)
  ON CONFLICT ("transcriptionId", holder) DO NOTHING;
  SELECT count(*), count(*) FILTER (WHERE alone) INTO losses, alone_losses FROM worker_loss WHERE "transcriptionId" = p_id;
END $$;
