-- As before, and the worker is told how long the file was due, by the clock of the database.
CREATE OR REPLACE FUNCTION lane_claim(p_id bigint, p_fence int, p_holder text, p_lease_ms double precision)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  new_fence int;
  row transcription;
BEGIN
  UPDATE lane SET fence = fence + 1, holder = p_holder, "leaseUntil" = clock_timestamp() + milliseconds(p_lease_ms)
   WHERE "activeId" = p_id AND fence = p_fence RETURNING fence INTO new_fence;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE transcription SET state = 'PROCESSING', attempts = attempts + 1,
         "startedAt" = COALESCE("startedAt", clock_timestamp())
   WHERE id = p_id AND state = 'QUEUED' RETURNING * INTO row;
  -- The slot is held, but not by a file that waits for a worker: the fence says this cannot be.
  IF NOT FOUND THEN RAISE EXCEPTION 'lane of transcription % holds fence % but is not QUEUED', p_id, p_fence; END IF;
  RETURN (SELECT to_jsonb(row) || jsonb_build_object('fence', new_fence, 'languageCode', u."languageCode",
                 'waitedSeconds', EXTRACT(EPOCH FROM clock_timestamp() - row."runAfter"),
                 'hasParts', EXISTS (SELECT FROM part WHERE "transcriptionId" = p_id),
                 'documents', (SELECT s.documents FROM setting s WHERE s."userId" = row."userId"))
            FROM "user" u WHERE u.id = row."userId");
END $$;
