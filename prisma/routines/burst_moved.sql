-- Trigger: notes that the message of a burst is out of date after one of its transcriptions has changed its state or was
-- deleted.
-- Locks: as burst_touch
-- Called by: transcription_burst_moves, transcription_burst_shrinks
CREATE OR REPLACE FUNCTION burst_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM burst_touch(OLD."burstId");
  RETURN NULL;
END $$;
