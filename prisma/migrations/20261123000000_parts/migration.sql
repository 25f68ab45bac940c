-- What a worker knows of an engine (domain/engine.ts, EngineProfile), for processes that do not run it.
ALTER TABLE engine_report ADD COLUMN profile jsonb;

-- Who waits for an engine that is being set up is found without reading everybody else's files.
CREATE INDEX transcription_queued ON transcription (engine, id) WHERE state = 'QUEUED';

-- A part of a file, from the moment that a service has taken it or answered for it. Nothing has used the table before.
DROP TABLE chunk;
CREATE TABLE part (
  "transcriptionId" bigint NOT NULL REFERENCES transcription (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "startMs" int NOT NULL,
  "endMs" int NOT NULL,
  engine text NOT NULL,
  -- The service's own number of the work while it is under way.
  ticket text,
  -- What was heard; null while nobody has answered.
  heard jsonb,
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("transcriptionId", "startMs")
);
CREATE INDEX part_created ON part ("createdAt");

-- What each file took: the ground for prices, quotas and the time that is promised. It stays when the file is deleted,
-- since it holds nothing of what was said.
CREATE TABLE usage (
  "transcriptionId" bigint PRIMARY KEY,
  "userId" bigint NOT NULL REFERENCES "user" (id) ON DELETE CASCADE ON UPDATE CASCADE,
  engine text NOT NULL,
  "audioSeconds" double precision NOT NULL,
  -- Of these the seconds that the engine was given in the last run, and how long that took it.
  "listenedSeconds" double precision NOT NULL,
  "downloadMs" int NOT NULL,
  "decodeMs" int NOT NULL,
  "listenMs" int NOT NULL,
  cost double precision,
  currency text,
  "endedAt" timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX usage_engine ON usage (engine, "endedAt");
CREATE INDEX usage_user ON usage ("userId", "endedAt");

-- As before, and what the file took is written with its ending, and its parts go when they have become a transcript.
CREATE OR REPLACE FUNCTION lane_finish(p_id bigint, p_fence int, p jsonb, p_dispatch_ms double precision, p_deliver_ms double precision)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  p_user bigint;
  cancelled boolean;
  next jsonb;
BEGIN
  SELECT "userId" INTO p_user FROM lane WHERE "activeId" = p_id AND fence = p_fence FOR UPDATE;
  IF NOT FOUND THEN RETURN jsonb_build_object('result', 'lost', 'next', NULL); END IF;
  IF jsonb_typeof(p->'usage') = 'object' THEN
    INSERT INTO usage ("transcriptionId", "userId", engine, "audioSeconds", "listenedSeconds", "downloadMs", "decodeMs",
                       "listenMs", cost, currency)
    SELECT p_id, p_user, u.engine, u."audioSeconds", u."listenedSeconds", u."downloadMs", u."decodeMs", u."listenMs",
           u.cost, u.currency
      FROM jsonb_to_record(p->'usage') AS u(engine text, "audioSeconds" float8, "listenedSeconds" float8,
           "downloadMs" int, "decodeMs" int, "listenMs" int, cost float8, currency text)
    ON CONFLICT ("transcriptionId") DO UPDATE SET engine = EXCLUDED.engine, "audioSeconds" = EXCLUDED."audioSeconds",
       "listenedSeconds" = EXCLUDED."listenedSeconds", "downloadMs" = EXCLUDED."downloadMs",
       "decodeMs" = EXCLUDED."decodeMs", "listenMs" = EXCLUDED."listenMs", cost = EXCLUDED.cost,
       currency = EXCLUDED.currency, "endedAt" = now();
  END IF;
  SELECT "cancelRequestedAt" IS NOT NULL INTO cancelled FROM transcription WHERE id = p_id;
  IF cancelled THEN
    next := lane_end(p_id, p_user, 'CANCELLED', NULL, NULL, status_only('{"kind": "cancelled"}'), p_dispatch_ms, p_deliver_ms);
    RETURN jsonb_build_object('result', 'cancelled', 'next', next);
  END IF;
  IF p->'transcript' <> 'null' THEN
    INSERT INTO transcript ("transcriptionId", engine, language, "languageProbability", "durationSeconds", text, segments)
    SELECT p_id, t.engine, t.language, t."languageProbability", t."durationSeconds", t.text, t.segments
      FROM jsonb_to_record(p->'transcript') AS t(engine text, language text, "languageProbability" float8,
           "durationSeconds" float8, text text, segments jsonb);
    DELETE FROM part WHERE "transcriptionId" = p_id;
  END IF;
  next := lane_end(p_id, p_user, (p->>'state')::transcription_state, p->>'errorCode', p->'errorDetails', p->'deliveries',
                   p_dispatch_ms, p_deliver_ms);
  RETURN jsonb_build_object('result', 'committed', 'next', next);
END $$;

-- As before, and parts of files that never came to a transcript are forgotten with the history.
CREATE OR REPLACE FUNCTION lane_prune(p_limit int, p_history_ms double precision, p_choosing_ms double precision) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
  forgotten int;
  parts int;
  ended int := 0;
  old record;
BEGIN
  DELETE FROM state_change WHERE id IN (
    SELECT id FROM state_change WHERE at < now() - milliseconds(p_history_ms) ORDER BY at LIMIT p_limit
       FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS forgotten = ROW_COUNT;
  DELETE FROM part WHERE ("transcriptionId", "startMs") IN (
    SELECT "transcriptionId", "startMs" FROM part WHERE "createdAt" < now() - milliseconds(p_history_ms)
     ORDER BY "createdAt" LIMIT p_limit FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS parts = ROW_COUNT;
  FOR old IN SELECT id, "userId" FROM transcription
              WHERE state = 'CHOOSING' AND "runAfter" < now() - milliseconds(p_choosing_ms)
              ORDER BY "runAfter" LIMIT p_limit LOOP
    PERFORM 1 FROM lane WHERE "userId" = old."userId" FOR UPDATE SKIP LOCKED;
    CONTINUE WHEN NOT FOUND;
    UPDATE transcription SET state = 'CANCELLED', "finishedAt" = clock_timestamp() WHERE id = old.id AND state = 'CHOOSING';
    ended := ended + 1;
  END LOOP;
  RETURN forgotten + parts + ended;
END $$;

-- As before, and the worker is told whether some parts of the file are there already.
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
                 'hasParts', EXISTS (SELECT FROM part WHERE "transcriptionId" = p_id))
            FROM "user" u WHERE u.id = row."userId");
END $$;
