-- Trigger: sets until when a transcription is kept, by its user's choice, when it ends; clears that when it is opened
-- again.
-- Called by: transcription_kept_for
CREATE OR REPLACE FUNCTION keep_ended_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."keptUntil" := CASE WHEN NOT is_open(NEW.state) THEN kept_until(COALESCE(NEW."finishedAt", now()),
    (SELECT "keepHours" FROM setting WHERE "userId" = NEW."userId")) END;
  RETURN NEW;
END $$;
