-- Claims the transcription of a token, for a worker. The fence rises by one.
-- p_fence: the fence of the token
-- p_holder: the process that claims it
-- p_lease_ms: length of the lease, in ms
-- Returns: the job ({…transcription, fence, languageCode, waitedSeconds, startedSeconds, hasChunks, hasGlossary, documents}), or null
--   when the token is stale. Formats that the caption names go before those the user has chosen.
-- Raises: an exception when the transcription of the slot is not QUEUED
-- Locks: the user's lane, then the transcription
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_claim(p_id bigint, p_fence int, p_holder text, p_lease_ms double precision)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  new_fence int;
  row transcription;
BEGIN
  UPDATE lane SET fence = fence + 1, holder = p_holder, "leaseUntil" = clock_timestamp() + milliseconds(p_lease_ms)
   WHERE "activeId" = p_id AND fence = p_fence RETURNING fence INTO new_fence;
  IF NOT FOUND THEN RETURN NULL; END IF;
  -- `state::text`: as in lane_choose, by the key and by no partial index.
  UPDATE transcription SET state = 'PROCESSING', attempts = attempts + 1,
         "startedAt" = COALESCE("startedAt", clock_timestamp())
   WHERE id = p_id AND state::text = 'QUEUED' RETURNING * INTO row;
  -- The fence rules this out.
  IF NOT FOUND THEN RAISE EXCEPTION 'lane of transcription % holds fence % but is not QUEUED', p_id, p_fence; END IF;
  RETURN (SELECT to_jsonb(row) || jsonb_build_object('fence', new_fence, 'languageCode', u."languageCode",
                 'waitedSeconds', EXTRACT(EPOCH FROM clock_timestamp() - row."runAfter"),
                 'startedSeconds', EXTRACT(EPOCH FROM clock_timestamp() - row."startedAt"),
                 'hasChunks', EXISTS (SELECT FROM chunk WHERE "transcriptionId" = p_id),
                 'hasGlossary', EXISTS (SELECT FROM glossary_entry g WHERE g."userId" = row."userId"),
                 'documents', CASE WHEN cardinality(row.formats) = 0 THEN s.documents
                   ELSE COALESCE(s.documents, '{}') || jsonb_build_object('formats', row.formats) END)
            FROM "user" u LEFT JOIN setting s ON s."userId" = u.id WHERE u.id = row."userId");
END $$;
