-- Trigger: keeps the search words of a transcript: its text, and the names of its file and its sender.
-- Locks: the row of `search`
-- Called by: transcript_searched
CREATE OR REPLACE FUNCTION search_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search ("transcriptionId", words)
  SELECT t.id, search_vector(t."userId", concat_ws(' ', t."fileName", t."senderName", NEW.text))
    FROM transcription t WHERE t.id = NEW."transcriptionId"
  ON CONFLICT ("transcriptionId") DO UPDATE SET words = EXCLUDED.words;
  RETURN NULL;
END $$;
