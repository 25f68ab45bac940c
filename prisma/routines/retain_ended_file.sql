-- Trigger: sets retainedUntil by the user's choice when a transcription ends, and clears it when it is reopened.
-- Called by: transcription_retention
CREATE OR REPLACE FUNCTION retain_ended_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."retainedUntil" := CASE WHEN NOT is_open(NEW.state) THEN retained_until(COALESCE(NEW."finishedAt", now()),
    (SELECT "retentionHours" FROM setting WHERE "userId" = NEW."userId")) END;
  RETURN NEW;
END $$;
