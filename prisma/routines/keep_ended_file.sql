-- Trigger: sets keptUntil by the user's choice when a transcription ends, and clears it when it is reopened.
-- Called by: transcription_kept_for
CREATE OR REPLACE FUNCTION keep_ended_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."keptUntil" := CASE WHEN NOT is_open(NEW.state) THEN kept_until(COALESCE(NEW."finishedAt", now()),
    (SELECT "keepHours" FROM setting WHERE "userId" = NEW."userId")) END;
  RETURN NEW;
END $$;
