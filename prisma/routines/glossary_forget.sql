-- Removes a misspelling (what an engine wrote in its place) from a glossary entry. An entry that was learnt from
-- corrections and has no misspelling left is deleted.
-- Locks: the entry
-- Called by: correction_forget, glossary_learn
CREATE OR REPLACE FUNCTION glossary_forget(p_user bigint, p_misspelling text, p_spelling text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE glossary_entry SET misspellings = array_remove(misspellings, p_misspelling), "changedAt" = now()
   WHERE "userId" = p_user AND spelling = p_spelling;
  DELETE FROM glossary_entry WHERE "userId" = p_user AND spelling = p_spelling AND learnt AND cardinality(misspellings) = 0;
END $$;
