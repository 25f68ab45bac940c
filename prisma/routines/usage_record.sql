-- Records the usage of a job for its payer: the one who pays for a group's files, else its user. A later job of the same
-- transcription replaces it.
-- p_payer: the payer when it is not the user, else null
-- p: {engine, audioSeconds, sentSeconds, downloadMs, decodeMs, transcribeMs, cost, currency}; null, or null in jsonb:
--   records nothing
-- Locks: the row of `usage`
-- Called by: lane_finish, lane_requeue
CREATE OR REPLACE FUNCTION usage_record(p_id bigint, p_user bigint, p_payer bigint, p jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF p IS NULL OR p = 'null' THEN RETURN; END IF;
  INSERT INTO usage ("transcriptionId", "userId", engine, "audioSeconds", "sentSeconds", "downloadMs", "decodeMs",
                     "transcribeMs", cost, currency)
  SELECT p_id, COALESCE(p_payer, p_user), u.engine, u."audioSeconds", u."sentSeconds", u."downloadMs", u."decodeMs", u."transcribeMs",
         u.cost, u.currency
    FROM jsonb_to_record(p) AS u(engine text, "audioSeconds" float8, "sentSeconds" float8,
         "downloadMs" int, "decodeMs" int, "transcribeMs" int, cost float8, currency text)
  ON CONFLICT ("transcriptionId") DO UPDATE SET "userId" = EXCLUDED."userId", engine = EXCLUDED.engine, "audioSeconds" = EXCLUDED."audioSeconds",
     "sentSeconds" = EXCLUDED."sentSeconds", "downloadMs" = EXCLUDED."downloadMs",
     "decodeMs" = EXCLUDED."decodeMs", "transcribeMs" = EXCLUDED."transcribeMs", cost = EXCLUDED.cost,
     currency = EXCLUDED.currency, "endedAt" = now();
END $$;
