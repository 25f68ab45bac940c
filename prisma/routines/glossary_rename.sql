-- Changes the spelling of a glossary entry. When an entry with the new spelling exists, it takes over the misspellings.
-- Returns: false when the user has no such entry
-- Locks: the user's row (NO KEY UPDATE), then the entries
-- Called by: src/features/glossary/store.ts
CREATE OR REPLACE FUNCTION glossary_rename(p_user bigint, p_entry bigint, p_spelling text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  this glossary_entry;
BEGIN
  PERFORM 1 FROM "user" WHERE id = p_user FOR NO KEY UPDATE;
  DELETE FROM glossary_entry WHERE id = p_entry AND "userId" = p_user RETURNING * INTO this;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO glossary_entry ("userId", spelling, misspellings, learnt)
  VALUES (p_user, p_spelling, array_remove(this.misspellings || this.spelling, p_spelling), false)
  ON CONFLICT ("userId", spelling) DO UPDATE SET "changedAt" = now(), learnt = false,
     misspellings = ARRAY(SELECT DISTINCT unnest(glossary_entry.misspellings || EXCLUDED.misspellings));
  RETURN true;
END $$;
