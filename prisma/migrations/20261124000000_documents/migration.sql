-- Files as people want them: which formats are attached, how they look, and any other format afterwards.

-- src/domain/document-choice.ts says what is in it; null: the usual.
ALTER TABLE setting ADD COLUMN documents jsonb;

-- As before, and the worker is told what the person wants their files to be like.
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
                 'hasParts', EXISTS (SELECT FROM part WHERE "transcriptionId" = p_id),
                 'documents', (SELECT s.documents FROM setting s WHERE s."userId" = row."userId"))
            FROM "user" u WHERE u.id = row."userId");
END $$;

-- The person wants a finished file in one more format. The same format twice at once is one message.
-- -> added | already (it is on its way) | unknown
CREATE FUNCTION delivery_add(p_id bigint, p_user bigint, p_payload jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM transcription WHERE id = p_id AND "userId" = p_user AND state = 'COMPLETED' FOR UPDATE;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  PERFORM 1 FROM delivery WHERE "transcriptionId" = p_id AND kind = 'album' AND "sentAt" IS NULL
                            AND payload->'formats' = p_payload->'formats';
  IF FOUND THEN RETURN 'already'; END IF;
  INSERT INTO delivery ("transcriptionId", kind, part, payload)
  SELECT p_id, 'album', COALESCE(max(part) + 1, 0), p_payload
    FROM delivery WHERE "transcriptionId" = p_id AND kind = 'album';
  -- Whoever is still sending the rest of the answer finds this one at its end.
  UPDATE transcription SET "deliverAfter" = COALESCE("deliverAfter", now()), "deliverAttempts" = 0 WHERE id = p_id;
  RETURN 'added';
END $$;

-- As before, and what was added while the last message went out is due now.
CREATE OR REPLACE FUNCTION delivery_sent(p_id bigint, p_kind text, p_part int, p_messages int[], p_last boolean) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  -- Nothing is added meanwhile (delivery_add waits for this row).
  IF p_last THEN PERFORM 1 FROM transcription WHERE id = p_id FOR UPDATE; END IF;
  UPDATE delivery SET "sentMessageIds" = p_messages, "sentAt" = clock_timestamp()
   WHERE "transcriptionId" = p_id AND kind = p_kind AND part = p_part;
  IF NOT FOUND THEN RETURN false; END IF;
  IF p_last THEN
    UPDATE transcription SET "deliverAfter" = CASE
             WHEN EXISTS (SELECT FROM delivery WHERE "transcriptionId" = p_id AND "sentAt" IS NULL) THEN now() END
     WHERE id = p_id;
  END IF;
  RETURN true;
END $$;
