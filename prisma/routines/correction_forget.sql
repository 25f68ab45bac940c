-- Removes from the glossary what was learnt from a correction of this user. The correction itself stays.
-- Returns: false when the user has no such correction
-- Locks: the user's glossary entries that it changes
-- Called by: src/features/corrections/store.ts, correction_undo
CREATE OR REPLACE FUNCTION correction_forget(p_id bigint, p_user bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  learnt jsonb;
BEGIN
  SELECT c.pairs INTO learnt FROM correction c JOIN transcription t ON t.id = c."transcriptionId"
   WHERE c.id = p_id AND t."userId" = p_user;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM glossary_forget(p_user, pair->>'wrong', pair->>'right') FROM jsonb_array_elements(learnt) AS pair;
  RETURN true;
END $$;
