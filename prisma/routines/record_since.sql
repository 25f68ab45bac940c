-- Trigger: sets queuedAt (the time from which a worker can claim it) and unsentSince (the time from which a delivery is
-- unsent). A trigger covers every function of the lane, and programs of the release before.
-- Called by: transcription_since
CREATE OR REPLACE FUNCTION record_since() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'QUEUED' AND (TG_OP = 'INSERT' OR OLD.state <> 'QUEUED') THEN
    NEW."queuedAt" := GREATEST(clock_timestamp(), NEW."runAfter");
  END IF;
  IF NEW."deliverAfter" IS NULL THEN
    NEW."unsentSince" := NULL;
  ELSIF NEW."unsentSince" IS NULL THEN
    NEW."unsentSince" := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
