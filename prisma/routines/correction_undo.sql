-- Undoes a correction of this user, and removes what was learnt from it.
-- p_revision: the revision that the caller has read
-- p: {text, segments}, as they are afterwards
-- Returns: undone | already | later (a newer correction changed the same stretch) | stale | unknown
-- Locks: the transcription, the transcript
-- Called by: src/features/corrections/store.ts
CREATE OR REPLACE FUNCTION correction_undo(p_id bigint, p_user bigint, p_revision int, p jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  this correction;
BEGIN
  PERFORM 1 FROM transcription t JOIN correction c ON c."transcriptionId" = t.id
    WHERE c.id = p_id AND t."userId" = p_user FOR UPDATE OF t;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  SELECT * INTO this FROM correction WHERE id = p_id;
  IF this."undoneAt" IS NOT NULL THEN RETURN 'already'; END IF;
  PERFORM 1 FROM correction WHERE "transcriptionId" = this."transcriptionId" AND id > p_id AND "undoneAt" IS NULL
    AND places && this.places;
  IF FOUND THEN RETURN 'later'; END IF;
  UPDATE transcript SET text = p->>'text', segments = p->'segments', revision = revision + 1
   WHERE "transcriptionId" = this."transcriptionId" AND revision = p_revision;
  IF NOT FOUND THEN RETURN 'stale'; END IF;
  UPDATE correction SET "undoneAt" = now() WHERE id = p_id;
  PERFORM correction_forget(p_id, p_user);
  PERFORM delivery_add(this."transcriptionId", p_user, 'revision', jsonb_build_object('revision', p_revision + 1));
  RETURN 'undone';
END $$;
