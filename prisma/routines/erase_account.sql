-- Deletes what a user has besides transcriptions, p_limit rows of each table at a time, and then the account. A
-- block, limits of the user's own and the usage of the last 31 days stay, because access and quotas depend on them; the row keeps
-- nothing else about the user.
-- Returns: {left: true when something is left and the caller has to call again, stays: true when the row of `user` stays}
-- Locks: the user's lane, then the rows it deletes
-- Called by: src/features/my-data/store/erasures.ts
CREATE OR REPLACE FUNCTION erase_account(p_user bigint, p_limit int) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  gone int;
  deleted int := 0;
  account "user";
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  PERFORM 1 FROM transcription WHERE "userId" = p_user;
  IF FOUND THEN RETURN '{"left": true, "stays": false}'; END IF;
  DELETE FROM usage WHERE "transcriptionId" IN (
    SELECT "transcriptionId" FROM usage WHERE "userId" = p_user AND "endedAt" < now() - interval '31 days' LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; deleted := deleted + gone;
  DELETE FROM feedback WHERE "transcriptionId" IN (SELECT "transcriptionId" FROM feedback WHERE "userId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; deleted := deleted + gone;
  DELETE FROM glossary_entry WHERE id IN (SELECT id FROM glossary_entry WHERE "userId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; deleted := deleted + gone;
  DELETE FROM voiceprint WHERE id IN (SELECT id FROM voiceprint WHERE "userId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; deleted := deleted + gone;
  DELETE FROM burst WHERE id IN (SELECT id FROM burst WHERE "userId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; deleted := deleted + gone;
  -- Transcriptions of others that this user paid for belong to their senders. They stay, without the payer.
  UPDATE transcription SET "payerId" = NULL
   WHERE id IN (SELECT id FROM transcription WHERE "payerId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; deleted := deleted + gone;
  IF deleted > 0 THEN RETURN '{"left": true, "stays": false}'; END IF;
  DELETE FROM setting WHERE "userId" = p_user;
  DELETE FROM history_view WHERE "userId" = p_user;
  DELETE FROM export WHERE "userId" = p_user;
  DELETE FROM secretary_connection WHERE "userId" = p_user;
  DELETE FROM admin_link WHERE "userId" = p_user;
  DELETE FROM admin_session WHERE "userId" = p_user;
  -- In these groups automatic mode has no payer now. It ends with the next upload, and the group gets a message.
  UPDATE group_setting SET "automaticById" = NULL WHERE "automaticById" = p_user;
  DELETE FROM chat WHERE id = p_user;
  UPDATE "user" SET "firstName" = '', "lastName" = NULL, username = NULL, "languageCode" = NULL, "chosenLanguage" = NULL,
         role = 'USER', "admittedAt" = NULL, "lastSeenAt" = NULL, "refusalToldAt" = NULL, "wantsBroadcasts" = true,
         "alertsMutedUntil" = NULL, "createdAt" = now(), "leftAt" = now(), "erasedAt" = now()
   WHERE id = p_user RETURNING * INTO account;
  IF account."blockedAt" IS NULL AND COALESCE(account."minutesADay", account."minutesAMonth", account."maxOpenFiles") IS NULL
     AND NOT EXISTS (SELECT FROM usage WHERE "userId" = p_user) THEN
    DELETE FROM "user" WHERE id = p_user;
    RETURN '{"left": false, "stays": false}';
  END IF;
  RETURN '{"left": false, "stays": true}';
END $$;
