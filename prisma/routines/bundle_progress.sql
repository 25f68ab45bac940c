-- Trigger: closes the bundle of a transcription that has ended or was deleted, when it was the last open one.
-- Locks: as bundle_close
-- Called by: transcription_bundle_ended, transcription_bundle_deleted
CREATE OR REPLACE FUNCTION bundle_progress() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM bundle_close(OLD."bundleId");
  RETURN NULL;
END $$;
