-- What is a person's own: how long it is kept, all of it in a file, and all of it gone.

ALTER TABLE setting
  -- How long a transcript is kept once it is there, in hours; null: as the operator says, 0: until its person deletes it.
  ADD COLUMN "keepHours" int CHECK ("keepHours" >= 0);
ALTER TABLE transcription
  -- When a file that has ended is due to go, as its person wants it; null: as the operator says.
  ADD COLUMN "keptUntil" timestamptz(3);
CREATE INDEX transcription_kept ON transcription ("keptUntil") WHERE "keptUntil" IS NOT NULL;
CREATE INDEX transcription_unkept ON transcription ("finishedAt") WHERE "keptUntil" IS NULL AND "finishedAt" IS NOT NULL;

-- A file that ended then, kept for so many hours. (infinity is no date that every program can read.)
CREATE FUNCTION kept_until(p_ended timestamptz, p_hours int) RETURNS timestamptz LANGUAGE sql IMMUTABLE
  RETURN CASE WHEN p_hours = 0 THEN timestamptz '9999-01-01 00:00:00+00' ELSE p_ended + p_hours * interval '1 hour' END;

CREATE FUNCTION keep_ended_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."keptUntil" := CASE WHEN NOT is_open(NEW.state) THEN kept_until(COALESCE(NEW."finishedAt", now()),
    (SELECT "keepHours" FROM setting WHERE "userId" = NEW."userId")) END;
  RETURN NEW;
END $$;
CREATE TRIGGER transcription_kept_for BEFORE UPDATE OF state ON transcription
  FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION keep_ended_file();

-- Somebody wants their history kept for so long: also what is there already.
CREATE FUNCTION history_keep(p_user bigint, p_hours int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO setting ("userId", "keepHours") VALUES (p_user, p_hours)
  ON CONFLICT ("userId") DO UPDATE SET "keepHours" = EXCLUDED."keepHours";
  UPDATE transcription SET "keptUntil" = kept_until("finishedAt", p_hours) WHERE "userId" = p_user AND NOT is_open(state);
END $$;

-- Deletes what has been kept for long enough, a lot at a time, with all that hangs on it; messages in chats stay.
-- p_default_ms: for whoever has not chosen; null: for ever. -> how many files that were
CREATE FUNCTION history_prune(p_limit int, p_default_ms double precision) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  chosen int;
  unchosen int := 0;
BEGIN
  DELETE FROM transcription WHERE id IN (
    SELECT id FROM transcription WHERE "keptUntil" < now() ORDER BY "keptUntil" LIMIT p_limit FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS chosen = ROW_COUNT;
  IF p_default_ms IS NOT NULL THEN
    DELETE FROM transcription WHERE id IN (
      SELECT id FROM transcription
       WHERE "keptUntil" IS NULL AND "finishedAt" < now() - milliseconds(p_default_ms) AND NOT is_open(state)
       ORDER BY "finishedAt" LIMIT p_limit FOR UPDATE SKIP LOCKED);
    GET DIAGNOSTICS unchosen = ROW_COUNT;
  END IF;
  RETURN chosen + unchosen;
END $$;

-- Somebody wants everything of theirs deleted. First they are asked for a word; once they have written it, a worker does it.
CREATE TABLE forgetting (
  "userId" bigint PRIMARY KEY,
  "askedAt" timestamptz(3) NOT NULL DEFAULT now(),
  -- The message that tells how it goes.
  "messageId" int,
  "languageCode" text,
  "begunAt" timestamptz(3),
  -- Until then no other worker takes it.
  "leaseUntil" timestamptz(3) NOT NULL DEFAULT now(),
  -- So many files have gone.
  files int NOT NULL DEFAULT 0
);
CREATE INDEX forgetting_due ON forgetting ("leaseUntil") WHERE "begunAt" IS NOT NULL;
CREATE INDEX forgetting_asked ON forgetting ("askedAt") WHERE "begunAt" IS NULL;

-- Who wanted to be forgotten, while something has to stay: a block or a quota of their own, which deleting shall not
-- lift, and the minutes of the last 30 days, which quotas count.
ALTER TABLE "user" ADD COLUMN "forgottenAt" timestamptz(3);
CREATE INDEX user_forgotten ON "user" ("forgottenAt") WHERE "forgottenAt" IS NOT NULL AND "blockedAt" IS NULL
  AND "minutesADay" IS NULL AND "minutesAMonth" IS NULL AND "waitingFiles" IS NULL;

-- The next files of somebody who is to be forgotten, with every message about each.
-- -> [{id, chatId, messageIds}, …]
CREATE FUNCTION forget_files(p_user bigint, p_limit int) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT COALESCE(jsonb_agg(jsonb_build_object('id', t.id, 'chatId', t."chatId", 'messageIds', (
           SELECT COALESCE(jsonb_agg(DISTINCT message), '[]') FROM (
             SELECT "messageId" AS message FROM answer_message a WHERE a."transcriptionId" = t.id AND a."chatId" = t."chatId"
             UNION ALL SELECT t."statusMessageId" WHERE t."statusMessageId" IS NOT NULL) AS messages))), '[]')
    FROM (SELECT * FROM transcription WHERE "userId" = p_user ORDER BY seq LIMIT p_limit) AS t $$;

-- What a person has beside their files goes, a lot at a time; then the account. Minutes of the last 30 days stay (see
-- above), nothing else that tells who it was. -> {left: nothing, or not yet, is done with; stays: something had to}
CREATE FUNCTION forget_account(p_user bigint, p_limit int) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  gone int;
  lots int := 0;
  person "user";
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  PERFORM 1 FROM transcription WHERE "userId" = p_user;
  IF FOUND THEN RETURN '{"left": true, "stays": false}'; END IF;
  DELETE FROM usage WHERE "transcriptionId" IN (
    SELECT "transcriptionId" FROM usage WHERE "userId" = p_user AND "endedAt" < now() - interval '31 days' LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; lots := lots + gone;
  DELETE FROM feedback WHERE "transcriptionId" IN (SELECT "transcriptionId" FROM feedback WHERE "userId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; lots := lots + gone;
  DELETE FROM glossary_entry WHERE id IN (SELECT id FROM glossary_entry WHERE "userId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; lots := lots + gone;
  DELETE FROM bundle WHERE id IN (SELECT id FROM bundle WHERE "userId" = p_user LIMIT p_limit);
  GET DIAGNOSTICS gone = ROW_COUNT; lots := lots + gone;
  IF lots > 0 THEN RETURN '{"left": true, "stays": false}'; END IF;
  DELETE FROM setting WHERE "userId" = p_user;
  DELETE FROM history_view WHERE "userId" = p_user;
  DELETE FROM export WHERE "userId" = p_user;
  DELETE FROM admin_link WHERE "userId" = p_user;
  DELETE FROM admin_session WHERE "userId" = p_user;
  UPDATE group_setting SET "automaticById" = NULL, automatic = false WHERE "automaticById" = p_user;
  DELETE FROM chat WHERE id = p_user;
  UPDATE "user" SET "firstName" = '', "lastName" = NULL, username = NULL, "languageCode" = NULL, "chosenLanguage" = NULL,
         role = 'USER', "admittedAt" = NULL, "lastSeenAt" = NULL, "refusalToldAt" = NULL, announcements = true,
         "leftAt" = now(), "forgottenAt" = now()
   WHERE id = p_user RETURNING * INTO person;
  IF person."blockedAt" IS NULL AND COALESCE(person."minutesADay", person."minutesAMonth", person."waitingFiles") IS NULL
     AND NOT EXISTS (SELECT FROM usage WHERE "userId" = p_user) THEN
    DELETE FROM "user" WHERE id = p_user;
    RETURN '{"left": false, "stays": false}';
  END IF;
  RETURN '{"left": false, "stays": true}';
END $$;

-- What stayed of people who wanted to be forgotten goes when no quota counts it any more. -> how many that were
CREATE FUNCTION forgotten_prune(p_limit int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  gone int;
BEGIN
  DELETE FROM "user" WHERE id IN (
    SELECT id FROM "user" WHERE "forgottenAt" < now() - interval '31 days' AND "blockedAt" IS NULL
       AND "minutesADay" IS NULL AND "minutesAMonth" IS NULL AND "waitingFiles" IS NULL
     ORDER BY "forgottenAt" LIMIT p_limit FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS gone = ROW_COUNT;
  -- Who was asked for the word and never wrote it.
  DELETE FROM forgetting WHERE "begunAt" IS NULL AND "askedAt" < now() - interval '1 day';
  RETURN gone;
END $$;

-- As before, and whoever had themselves forgotten and writes again is somebody new.
CREATE OR REPLACE FUNCTION account_meet(p jsonb) RETURNS "user" LANGUAGE plpgsql AS $$
DECLARE
  person "user";
BEGIN
  SELECT * INTO person FROM "user" WHERE id = (p->>'userId')::bigint;
  IF FOUND AND person."lastSeenAt" > now() - interval '1 hour' AND person."leftAt" IS NULL
     AND (person."firstName", person."lastName", person.username, person."languageCode") IS NOT DISTINCT FROM
         (p->>'firstName', p->>'lastName', p->>'username', COALESCE(person."chosenLanguage", p->>'languageCode')) THEN
    RETURN person;
  END IF;
  INSERT INTO "user" (id, "firstName", "lastName", username, "languageCode", "lastSeenAt")
  VALUES ((p->>'userId')::bigint, p->>'firstName', p->>'lastName', p->>'username', p->>'languageCode', now())
  ON CONFLICT (id) DO UPDATE SET "firstName" = EXCLUDED."firstName", "lastName" = EXCLUDED."lastName",
         username = EXCLUDED.username, "languageCode" = COALESCE("user"."chosenLanguage", EXCLUDED."languageCode"),
         "lastSeenAt" = now(), "leftAt" = NULL, "forgottenAt" = NULL
  RETURNING * INTO person;
  RETURN person;
END $$;

-- Everything of a person as files, which a worker makes and sends.
CREATE TABLE export (
  "userId" bigint PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE ON UPDATE CASCADE,
  "askedAt" timestamptz(3) NOT NULL DEFAULT now(),
  -- The message that tells how far it is.
  "messageId" int,
  -- Word and PDF beside the plain texts.
  documents boolean NOT NULL,
  -- Archives that were sent, and the last file in them: a worker that takes over goes on after that.
  parts int NOT NULL DEFAULT 0,
  "lastId" bigint NOT NULL DEFAULT 0,
  attempts int NOT NULL DEFAULT 0,
  "leaseUntil" timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX export_due ON export ("leaseUntil");
