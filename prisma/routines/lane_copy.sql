-- Makes a copy of a transcription for another engine. The copy is CHOOSING; the first one stays as it is.
-- p: the limits, as lane_submit has them
-- Returns: as lane_submit, or {outcome: already} when an unchosen copy exists, or {outcome: unknown}. A note of a
--   connected account has no copy: only the engine of its connection may transcribe it.
-- Locks: the user's lane, then as lane_submit
-- Called by: src/store/copies.ts
CREATE OR REPLACE FUNCTION lane_copy(p_id bigint, p_user bigint, p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  row transcription;
  result jsonb;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT * INTO row FROM transcription WHERE id = p_id AND "userId" = p_user;
  IF NOT FOUND OR row.purpose = 'note' THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  PERFORM 1 FROM transcription WHERE "copyOf" = p_id AND state::text = 'CHOOSING';
  IF FOUND THEN RETURN jsonb_build_object('outcome', 'already'); END IF;
  result := lane_submit(p || to_jsonb(row)
    || (SELECT jsonb_build_object('firstName', "firstName", 'lastName', "lastName", 'username', username,
                                  'languageCode', "languageCode") FROM "user" WHERE id = p_user)
    || (SELECT jsonb_build_object('chatType', type, 'chatTitle', title) FROM chat WHERE id = row."chatId")
    || jsonb_build_object('sentAtSeconds', EXTRACT(EPOCH FROM row."sentAt")::bigint,
         'uploadKey', row."uploadKey" || ':' || (SELECT "nextSeq" FROM lane WHERE "userId" = p_user)));
  IF result->>'outcome' = 'accepted' THEN
    UPDATE transcription SET "copyOf" = p_id WHERE id = (result->>'id')::bigint;
  END IF;
  RETURN result;
END $$;
