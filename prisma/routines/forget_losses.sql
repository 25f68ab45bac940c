-- Trigger: a FAILED transcription that is tried again starts with no worker losses.
-- Locks: the rows of `worker_loss` it deletes
-- Called by: transcription_reopened
CREATE OR REPLACE FUNCTION forget_losses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM worker_loss WHERE "transcriptionId" = NEW.id;
  RETURN NULL;
END $$;
