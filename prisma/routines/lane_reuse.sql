-- Completes a CHOOSING transcription with the transcript of an earlier one of the same user. A transcription that goes
-- into one document sends only its status.
-- p_from: the earlier transcription, from lane_earlier
-- p_deliveries: [{kind, part, payload}, …]
-- Returns: false when either of the two is not there, or it is no longer CHOOSING
-- Locks: the user's lane, then the transcription
-- Called by: src/store/earlier-transcripts.ts
CREATE OR REPLACE FUNCTION lane_reuse(p_id bigint, p_user bigint, p_engine text, p_from bigint, p_deliveries jsonb) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  INSERT INTO transcript ("transcriptionId", "userId", engine, language, "languageProbability", "durationSeconds", text, segments)
  SELECT p_id, p_user, tr.engine, tr.language, tr."languageProbability", tr."durationSeconds", tr.text, tr.segments
    FROM transcript tr JOIN transcription before ON before.id = tr."transcriptionId" AND before."userId" = p_user
   WHERE tr."transcriptionId" = p_from
     AND EXISTS (SELECT FROM transcription WHERE id = p_id AND "userId" = p_user AND state::text = 'CHOOSING');
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO delivery ("transcriptionId", kind, part, payload)
  SELECT p_id, d->>'kind', (d->>'part')::int, d->'payload'
    FROM jsonb_array_elements(CASE WHEN is_bundled(p_id) THEN bundled_deliveries(p_deliveries) ELSE p_deliveries END) AS d;
  UPDATE transcription SET state = 'COMPLETED', engine = p_engine, "startedAt" = clock_timestamp(),
         "finishedAt" = clock_timestamp(), "deliverAfter" = now() WHERE id = p_id;
  PERFORM engine_chosen(p_user, p_engine);
  RETURN true;
END $$;
