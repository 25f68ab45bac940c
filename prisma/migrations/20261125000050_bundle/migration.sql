-- Recordings that came together and may become one document. src/app/bundles.ts tells the story.

CREATE TYPE bundle_state AS ENUM ('OFFERED', 'DECLINED', 'JOINED', 'DONE');

CREATE TABLE bundle (
  id bigserial PRIMARY KEY,
  "userId" bigint NOT NULL REFERENCES "user" (id) ON DELETE CASCADE ON UPDATE CASCADE,
  state bundle_state NOT NULL DEFAULT 'OFFERED',
  "createdAt" timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX "bundle_userId_idx" ON bundle ("userId");

ALTER TABLE transcription ADD COLUMN "bundleId" bigint REFERENCES bundle (id) ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX transcription_bundle ON transcription ("bundleId", "sentAt", id) WHERE "bundleId" IS NOT NULL;

-- A file has come. When the one before it came to the same chat within p_within_ms, they belong together.
-- -> the bundle that is now to be offered, null when there is none, or it has been offered already
CREATE FUNCTION bundle_consider(p_id bigint, p_user bigint, p_within_ms double precision, p_most int) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  this transcription;
  before transcription;
  found_id bigint;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT * INTO this FROM transcription WHERE id = p_id AND "userId" = p_user AND "bundleId" IS NULL;
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT * INTO before FROM transcription WHERE "userId" = p_user AND seq < this.seq ORDER BY seq DESC LIMIT 1;
  IF NOT FOUND OR before."chatId" <> this."chatId" OR before."createdAt" < this."createdAt" - milliseconds(p_within_ms)
    OR before."copyOf" IS NOT NULL THEN RETURN NULL; END IF;
  IF before."bundleId" IS NULL THEN
    INSERT INTO bundle ("userId") VALUES (p_user) RETURNING id INTO found_id;
    UPDATE transcription SET "bundleId" = found_id WHERE id IN (before.id, p_id);
    RETURN found_id;
  END IF;
  -- More of the same. Of one that was declined nobody is asked again; one that is being made takes no more.
  SELECT b.id INTO found_id FROM bundle b WHERE b.id = before."bundleId" AND b.state IN ('OFFERED', 'DECLINED')
     AND (SELECT count(*) FROM transcription t WHERE t."bundleId" = b.id) < p_most;
  UPDATE transcription SET "bundleId" = found_id WHERE id = p_id AND found_id IS NOT NULL;
  RETURN NULL;
END $$;

-- When the last of a bundle's files has ended: its document is sent with the first of those that went well.
CREATE FUNCTION bundle_close(p_bundle bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  head bigint;
BEGIN
  PERFORM 1 FROM bundle WHERE id = p_bundle AND state = 'JOINED' FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM 1 FROM transcription WHERE "bundleId" = p_bundle AND is_open(state);
  IF FOUND THEN RETURN; END IF;
  UPDATE bundle SET state = 'DONE' WHERE id = p_bundle;
  SELECT id INTO head FROM transcription WHERE "bundleId" = p_bundle AND state = 'COMPLETED' ORDER BY "sentAt", id LIMIT 1;
  INSERT INTO delivery ("transcriptionId", kind, part, payload)
  SELECT head, 'joined', part, jsonb_build_object('bundle', p_bundle, 'what', what)
    FROM (VALUES (0, 'text'), (1, 'files')) AS wanted(part, what) WHERE head IS NOT NULL
  ON CONFLICT DO NOTHING;
  UPDATE transcription SET "deliverAfter" = COALESCE("deliverAfter", now()), "deliverAttempts" = 0 WHERE id = head;
END $$;

CREATE FUNCTION bundle_progress() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM bundle_close(OLD."bundleId");
  RETURN NULL;
END $$;
CREATE TRIGGER transcription_bundle_ended AFTER UPDATE OF state ON transcription FOR EACH ROW
  WHEN (OLD."bundleId" IS NOT NULL AND NOT is_open(NEW.state) AND is_open(OLD.state)) EXECUTE FUNCTION bundle_progress();
CREATE TRIGGER transcription_bundle_deleted AFTER DELETE ON transcription FOR EACH ROW
  WHEN (OLD."bundleId" IS NOT NULL AND is_open(OLD.state)) EXECUTE FUNCTION bundle_progress();

-- The person wants one document. -> null when there is nothing to decide any more, else {choosing: files that nobody has
-- picked an engine for, in the order in which they were sent}
CREATE FUNCTION bundle_join(p_bundle bigint, p_user bigint) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  UPDATE bundle SET state = 'JOINED' WHERE id = p_bundle AND "userId" = p_user AND state IN ('OFFERED', 'JOINED');
  IF NOT FOUND THEN RETURN NULL; END IF;
  PERFORM bundle_close(p_bundle);
  RETURN bundle_choosing(p_bundle);
END $$;

CREATE FUNCTION bundle_choosing(p_bundle bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('choosing', COALESCE(jsonb_agg(to_jsonb(t) || jsonb_build_object('languageCode', u."languageCode")
                                                           ORDER BY t."sentAt", t.id), '[]'))
    FROM transcription t JOIN "user" u ON u.id = t."userId"
   WHERE t."bundleId" = p_bundle AND t.state = 'CHOOSING' $$;

-- Whether a file goes into one document with others.
CREATE FUNCTION is_joined(p_id bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM bundle b JOIN transcription t ON t."bundleId" = b.id WHERE t.id = p_id AND b.state = 'JOINED') $$;

-- Of an answer its status alone, which says where the rest is.
CREATE FUNCTION joined_deliveries(p_deliveries jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_agg(jsonb_set(d, '{payload,isJoined}', 'true')) FROM jsonb_array_elements(p_deliveries) AS d
   WHERE d->>'kind' = 'status' $$;

-- As before, and what goes into one document with others sends nothing of its own: the outbox says so, and not the worker.
-- -> {result, next, joined}
CREATE OR REPLACE FUNCTION lane_finish(p_id bigint, p_fence int, p jsonb, p_dispatch_ms double precision, p_deliver_ms double precision)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  p_user bigint;
  cancelled boolean;
  joined boolean := false;
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
    joined := is_joined(p_id);
    DELETE FROM part WHERE "transcriptionId" = p_id;
  END IF;
  next := lane_end(p_id, p_user, (p->>'state')::transcription_state, p->>'errorCode', p->'errorDetails',
                   CASE WHEN joined THEN joined_deliveries(p->'deliveries') ELSE p->'deliveries' END,
                   p_dispatch_ms, CASE WHEN joined THEN 0 ELSE p_deliver_ms END);
  RETURN jsonb_build_object('result', 'committed', 'next', next, 'joined', joined);
END $$;

-- As before, and what goes into one document with others sends nothing of its own.
CREATE OR REPLACE FUNCTION lane_reuse(p_id bigint, p_user bigint, p_engine text, p_from bigint, p_deliveries jsonb) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  INSERT INTO transcript ("transcriptionId", engine, language, "languageProbability", "durationSeconds", text, segments)
  SELECT p_id, tr.engine, tr.language, tr."languageProbability", tr."durationSeconds", tr.text, tr.segments
    FROM transcript tr JOIN transcription before ON before.id = tr."transcriptionId" AND before."userId" = p_user
   WHERE tr."transcriptionId" = p_from
     AND EXISTS (SELECT FROM transcription WHERE id = p_id AND "userId" = p_user AND state = 'CHOOSING');
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO delivery ("transcriptionId", kind, part, payload)
  SELECT p_id, d->>'kind', (d->>'part')::int, d->'payload' 
    FROM jsonb_array_elements(CASE WHEN is_joined(p_id) THEN joined_deliveries(p_deliveries) ELSE p_deliveries END) AS d;
  UPDATE transcription SET state = 'COMPLETED', engine = p_engine, "startedAt" = clock_timestamp(),
         "finishedAt" = clock_timestamp(), "deliverAfter" = now() WHERE id = p_id;
  PERFORM engine_chosen(p_user, p_engine);
  RETURN true;
END $$;

-- As before, and the document that it went into goes with it: its words are in there.
CREATE OR REPLACE FUNCTION lane_delete(p_id bigint, p_user bigint, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  messages jsonb;
  bundle_id bigint;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT "bundleId" INTO bundle_id FROM transcription WHERE id = p_id AND "userId" = p_user;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  SELECT COALESCE(jsonb_agg(message), '[]') INTO messages FROM (
    SELECT unnest("sentMessageIds") AS message FROM delivery WHERE "transcriptionId" = p_id AND kind <> 'status'
    UNION
    SELECT unnest(d."sentMessageIds") FROM transcription t
      JOIN delivery d ON d."transcriptionId" = t.id AND d.kind = 'joined' WHERE t."bundleId" = bundle_id
  ) AS sent;
  UPDATE lane SET "activeId" = NULL, holder = NULL, "leaseUntil" = NULL, fence = fence + 1
   WHERE "userId" = p_user AND "activeId" = p_id;
  DELETE FROM transcription WHERE id = p_id;
  RETURN jsonb_build_object('outcome', 'deleted', 'messageIds', messages, 'next', lane_promote(p_user, p_dispatch_ms));
END $$;
