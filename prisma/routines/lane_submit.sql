-- Takes an upload: makes its user, chat, lane and transcription. The same upload again returns the row that is there. A full
-- lane and a used-up quota refuse it.
-- It enters the lane at once when its engine is known and takes jobs: the one of the caption, else the user's default, else
-- the only one. The only one does not start where the user last chose another one, whose absence may be short: the audio
-- might else go to a service that the user did not choose. Otherwise, and when the user has an earlier transcript of the same
-- file (lane_earlier), the transcription is CHOOSING.
-- p: {userId, firstName, lastName, username, languageCode, chatId, chatType, chatTitle, uploadKey, messageId, threadId,
--   kind, fileId, fileUniqueId, fileName, mimeType, fileSize, announcedSeconds, senderName, paidBy, formats, language,
--   speakers, sentAtSeconds, engine: that of the caption, or null, and the limits: maxOpenFiles, maxOpenSeconds, timeZone,
--   minutesADay, minutesAMonth, pickerOverdueMs (time after which choosing_unshown takes a transcription without a status
--   message, in ms)}. Optional: engines: ids of those that take jobs, with dispatchMs and maxReusedSeconds, as lane_choose
--   has them; without, the transcription is CHOOSING.
-- Returns: {outcome: accepted, id, created, state, statusMessageId, msSincePrevious: time since the user's transcription
--   before it, or null for the first, lastEngine, defaultEngine, choice: null while it is CHOOSING without an engine, else
--   {engine, …lane_enter} | {engine, outcome: earlier, earlier: as lane_earlier}}
--   | {outcome: full, limit: files | minutes, max} | as quota_refusal
-- Locks: the user's row when it changes, then their lane and the payer's, in the order of ids; as lane_enter
-- Called by: group_submit, lane_copy, secretary_submit, src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_submit(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  p_user bigint := (p->>'userId')::bigint;
  p_payer bigint := COALESCE((p->>'paidBy')::bigint, p_user);
  max_files int;
  max_month int;
  max_day int;
  payer_open int;
  l lane;
  row_id bigint;
  row_state transcription_state;
  row_status int;
  is_new boolean;
  seconds int := COALESCE((p->>'announcedSeconds')::int, 0);
  refusal jsonb;
  last_engine text;
  default_engine text;
  speech_language text;
  row_formats text[];
  row_language text;
  wanted text;
  earlier jsonb;
  row_seq int;
  row_created timestamptz;
  choice jsonb;
BEGIN
  SELECT "maxOpenFiles", "minutesAMonth", "minutesADay" INTO max_files, max_month, max_day FROM account_upsert(p);
  INSERT INTO chat (id, type, title) VALUES ((p->>'chatId')::bigint, p->>'chatType', p->>'chatTitle')
  ON CONFLICT (id) DO NOTHING;
  -- Locks the payer's lane too: files that several users send at the same time must not fit into the same rest of a quota.
  -- The order of ids prevents a deadlock of two users who pay for each other.
  IF p_payer <> p_user THEN
    INSERT INTO lane ("userId") VALUES (LEAST(p_user, p_payer)), (GREATEST(p_user, p_payer)) ON CONFLICT DO NOTHING;
    PERFORM 1 FROM lane WHERE "userId" IN (p_user, p_payer) ORDER BY "userId" FOR UPDATE;
    SELECT "minutesAMonth", "minutesADay" INTO max_month, max_day FROM "user" WHERE id = p_payer;
  END IF;
  SELECT * INTO l FROM lane WHERE "userId" = p_user FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO lane ("userId") VALUES (p_user) ON CONFLICT DO NOTHING;
    SELECT * INTO l FROM lane WHERE "userId" = p_user FOR UPDATE;
  END IF;
  SELECT s."lastEngine", s."defaultEngine", s."speechLanguage" INTO last_engine, default_engine, speech_language
    FROM setting s WHERE s."userId" = p_user;
  SELECT id, state, "statusMessageId", seq, "createdAt" INTO row_id, row_state, row_status, row_seq, row_created FROM transcription WHERE "uploadKey" = p->>'uploadKey';
  is_new := NOT FOUND;
  IF is_new THEN
    max_files := COALESCE(max_files, (p->>'maxOpenFiles')::int);
    IF l.open >= max_files THEN RETURN jsonb_build_object('outcome', 'full', 'limit', 'files', 'max', max_files); END IF;
    -- An empty lane accepts a file of any length; the quota checks it.
    IF l.open > 0 AND l."openSeconds" + seconds > (p->>'maxOpenSeconds')::int THEN
      RETURN jsonb_build_object('outcome', 'full', 'limit', 'minutes', 'max', round((p->>'maxOpenSeconds')::int / 60.0));
    END IF;
    max_month := COALESCE(max_month, (p->>'minutesAMonth')::int);
    max_day := COALESCE(max_day, (p->>'minutesADay')::int);
    IF max_month >= 0 OR max_day >= 0 THEN
      payer_open := open_seconds(p_payer);
      -- Checks the month first: a daily reset does not help when the month is used up.
      refusal := COALESCE(quota_refusal(p_payer, p->>'timeZone', 'month', 30, max_month, payer_open, seconds),
                          quota_refusal(p_payer, p->>'timeZone', 'day', 1, max_day, payer_open, seconds));
      IF refusal IS NOT NULL THEN RETURN refusal; END IF;
    END IF;
    row_formats := ARRAY(SELECT jsonb_array_elements_text(COALESCE(p->'formats', '[]')));
    row_language := COALESCE(p->>'language', speech_language);
    row_state := 'CHOOSING';
    IF p ? 'engines' THEN
      wanted := COALESCE(p->>'engine', default_engine,
        CASE WHEN jsonb_array_length(p->'engines') = 1 THEN COALESCE(last_engine, p->'engines'->>0) END);
      IF NOT p->'engines' ? wanted THEN wanted := NULL; END IF;
    END IF;
    IF wanted IS NOT NULL THEN
      earlier := lane_earlier(p_user, p->>'fileUniqueId', wanted, row_language, (p->>'speakers')::int, row_formats,
                              (p->>'maxReusedSeconds')::float8);
      IF earlier IS NOT NULL THEN choice := jsonb_build_object('engine', wanted, 'outcome', 'earlier', 'earlier', earlier);
      ELSIF l."activeId" IS NULL AND l.pending = 0 THEN row_state := 'QUEUED';
      ELSE row_state := 'PENDING';
      END IF;
    END IF;
    -- A trigger raises nextSeq (apply_state_change).
    INSERT INTO transcription ("userId", seq, state, engine, "uploadKey", "chatId", "messageId", "threadId", kind, "fileId",
      "fileUniqueId", "fileName", "mimeType", "fileSize", "announcedSeconds", "senderName", "payerId", formats, language, speakers, "sentAt", "runAfter")
    VALUES (p_user, l."nextSeq", row_state, CASE WHEN row_state <> 'CHOOSING' THEN wanted END, p->>'uploadKey',
      (p->>'chatId')::bigint, (p->>'messageId')::int, (p->>'threadId')::int, p->>'kind', p->>'fileId', p->>'fileUniqueId',
      p->>'fileName', p->>'mimeType', (p->>'fileSize')::bigint, (p->>'announcedSeconds')::int, p->>'senderName',
      NULLIF(p_payer, p_user), row_formats, row_language, (p->>'speakers')::int,
      to_timestamp((p->>'sentAtSeconds')::bigint), clock_timestamp() + milliseconds(
        CASE WHEN row_state = 'CHOOSING' THEN (p->>'pickerOverdueMs')::float8 ELSE 0 END))
    RETURNING id, seq, "createdAt" INTO row_id, row_seq, row_created;
    IF row_state <> 'CHOOSING' THEN
      choice := lane_enter(row_id, p_user, l."nextSeq", row_state, wanted, (p->>'dispatchMs')::float8, true)
        || jsonb_build_object('engine', wanted);
      row_state := choice->>'state';
    END IF;
  END IF;
  RETURN jsonb_build_object('outcome', 'accepted', 'id', row_id, 'created', is_new, 'state', row_state,
    'statusMessageId', row_status, 'lastEngine', last_engine, 'defaultEngine', default_engine,
    'msSincePrevious', (SELECT EXTRACT(EPOCH FROM row_created - previous."createdAt") * 1000 FROM transcription previous
                         WHERE previous."userId" = p_user AND previous.seq < row_seq ORDER BY previous.seq DESC LIMIT 1),
    'choice', choice);
END $$;
