-- Corrects a transcript: stores its new text, what undoes the correction and what is learnt from it, and adds the
-- delivery with which a worker changes the messages that were sent.
-- p_revision: the revision that the caller has read
-- p: {text, segments, pairs, before, places, learn: [{wrong, right}], maxLearnt: maximum glossary entries of a user}
-- Returns: {outcome: corrected, id, learnt: true | false | null} (null: nothing to learn; false: no room),
--   {outcome: stale} when the transcript was changed in between, {outcome: unknown}
-- Locks: the transcription, the transcript, the user's row (glossary_learn)
-- Called by: src/features/corrections/store.ts
CREATE OR REPLACE FUNCTION correction_apply(p_id bigint, p_user bigint, p_revision int, p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  correction_id bigint;
  learnt boolean;
BEGIN
  PERFORM 1 FROM transcription WHERE id = p_id AND "userId" = p_user AND state = 'COMPLETED' FOR UPDATE;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  UPDATE transcript SET text = p->>'text', segments = p->'segments', revision = revision + 1
   WHERE "transcriptionId" = p_id AND revision = p_revision;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'stale'); END IF;
  INSERT INTO correction ("transcriptionId", pairs, before, places)
  VALUES (p_id, p->'pairs', p->'before', ARRAY(SELECT jsonb_array_elements_text(p->'places')::int)) RETURNING id INTO correction_id;
  PERFORM delivery_add(p_id, p_user, 'revision', jsonb_build_object('revision', p_revision + 1));
  SELECT bool_and(glossary_learn(p_user, pair->>'wrong', pair->>'right', true, (p->>'maxLearnt')::int) = 'learnt') INTO learnt
    FROM jsonb_array_elements(p->'learn') AS pair;
  RETURN jsonb_build_object('outcome', 'corrected', 'id', correction_id, 'learnt', learnt);
END $$;
