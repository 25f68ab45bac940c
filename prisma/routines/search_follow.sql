-- Trigger: notes that the words of a transcript are not in the search index yet, or no more. search_index writes them, when
-- their user searches. Gives a transcript its user, where the statement does not.
-- Locks: none
-- Called by: transcript_searched, transcript_owned
CREATE OR REPLACE FUNCTION search_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."userId" IS NULL THEN
    SELECT "userId" INTO NEW."userId" FROM transcription WHERE id = NEW."transcriptionId";
  END IF;
  IF TG_OP = 'UPDATE' THEN NEW."isSearchable" := false; END IF;
  RETURN NEW;
END $$;
