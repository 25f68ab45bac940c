-- Changes who speaks in a transcript: names of speakers, and speakers that are one. The text stays. Adds the delivery with
-- which a worker changes the messages that were sent.
-- p_revision: the revision that the caller has read
-- p_segments: the segments as they are afterwards
-- Returns: changed | stale (the transcript was changed in between) | unknown
-- Locks: the transcription, the transcript
-- Called by: src/features/speakers/store/speaker-changes.ts
CREATE OR REPLACE FUNCTION speakers_change(p_id bigint, p_user bigint, p_revision int, p_segments jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM transcription WHERE id = p_id AND "userId" = p_user AND state = 'COMPLETED' FOR UPDATE;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  UPDATE transcript SET segments = p_segments, revision = revision + 1
   WHERE "transcriptionId" = p_id AND revision = p_revision;
  IF NOT FOUND THEN RETURN 'stale'; END IF;
  PERFORM delivery_add(p_id, p_user, 'revision', jsonb_build_object('revision', p_revision + 1));
  RETURN 'changed';
END $$;
