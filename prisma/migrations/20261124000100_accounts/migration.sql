-- Accounts: who may use the bot and how much of it, invitations, thumbs, announcements, and what admins did.

CREATE TYPE role AS ENUM ('USER', 'ADMIN');

ALTER TABLE "user"
  ADD COLUMN role role NOT NULL DEFAULT 'USER',
  ADD COLUMN "blockedAt" timestamptz(3),
  -- Came with an invitation, or was let in by an admin.
  ADD COLUMN "admittedAt" timestamptz(3),
  -- Own quotas; null: the configuration's, -1: none.
  ADD COLUMN "minutesADay" int CHECK ("minutesADay" >= -1),
  ADD COLUMN "minutesAMonth" int CHECK ("minutesAMonth" >= -1),
  ADD COLUMN "waitingFiles" int CHECK ("waitingFiles" >= 0),
  -- To the hour: it is not written for every message.
  ADD COLUMN "lastSeenAt" timestamptz(3),
  -- When they were last told that they may not use the bot.
  ADD COLUMN "refusalToldAt" timestamptz(3),
  ADD COLUMN announcements boolean NOT NULL DEFAULT true,
  -- An announcement found that they have stopped the bot.
  ADD COLUMN "leftAt" timestamptz(3);
CREATE INDEX user_name ON "user" (lower(username)) WHERE username IS NOT NULL;
CREATE INDEX user_admin ON "user" (id) WHERE role = 'ADMIN';
CREATE INDEX user_announced ON "user" (id) WHERE announcements AND "blockedAt" IS NULL AND "leftAt" IS NULL;

CREATE TABLE invitation (
  id bigserial PRIMARY KEY,
  -- SHA-256 of the code, in hexadecimal digits: who reads the table cannot use it.
  "codeHash" text NOT NULL,
  "madeById" bigint REFERENCES "user" (id) ON DELETE SET NULL ON UPDATE CASCADE,
  "usesLeft" int NOT NULL CHECK ("usesLeft" >= 0),
  "expiresAt" timestamptz(3) NOT NULL,
  "createdAt" timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX "invitation_codeHash_key" ON invitation ("codeHash");
CREATE INDEX "invitation_madeById_idx" ON invitation ("madeById");

-- What people think of a transcript. It stays when the transcript is deleted, since it holds nothing of what was said.
CREATE TABLE feedback (
  "transcriptionId" bigint PRIMARY KEY,
  "userId" bigint NOT NULL REFERENCES "user" (id) ON DELETE CASCADE ON UPDATE CASCADE,
  good boolean NOT NULL,
  engine text NOT NULL,
  language text,
  at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX "feedback_userId_idx" ON feedback ("userId");
CREATE INDEX feedback_score ON feedback (language, engine, good);

-- What admins did, in the chat and on the admin page. Who did it may have no account, or not any more.
CREATE TABLE audit (
  id bigserial PRIMARY KEY,
  "actorId" bigint NOT NULL,
  action text NOT NULL,
  -- Whom or what it was done to, such as a person's id.
  subject text,
  details jsonb NOT NULL DEFAULT '{}',
  at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX "audit_at_idx" ON audit (at);
CREATE INDEX audit_actor ON audit ("actorId", id);
CREATE INDEX audit_subject ON audit (subject, id);

CREATE TYPE broadcast_state AS ENUM ('DRAFT', 'SENDING', 'DONE', 'STOPPED');

-- A message from the operator to everybody. One process sends it, and another goes on from the last person where that died.
CREATE TABLE broadcast (
  id bigserial PRIMARY KEY,
  "madeById" bigint NOT NULL REFERENCES "user" (id) ON DELETE CASCADE ON UPDATE CASCADE,
  text text NOT NULL,
  -- Bold, links …, as Telegram describes them (MessageEntity).
  entities jsonb NOT NULL DEFAULT '[]',
  state broadcast_state NOT NULL DEFAULT 'DRAFT',
  "lastUserId" bigint NOT NULL DEFAULT 0,
  sent int NOT NULL DEFAULT 0,
  missed int NOT NULL DEFAULT 0,
  holder text,
  "leaseUntil" timestamptz(3),
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  "endedAt" timestamptz(3)
);
CREATE INDEX "broadcast_madeById_idx" ON broadcast ("madeById");
CREATE INDEX broadcast_sending ON broadcast (id) WHERE state = 'SENDING';

-- A person's minutes are added up from the index alone; those of everybody by time.
DROP INDEX usage_user;
CREATE INDEX usage_user ON usage ("userId", "endedAt") INCLUDE ("audioSeconds");
CREATE INDEX usage_ended ON usage ("endedAt");
-- What went well and what did not, of each engine, the latest first.
CREATE INDEX transcription_ended ON transcription (engine, state, "finishedAt") WHERE state IN ('COMPLETED', 'FAILED');

-- Somebody is there: their account, made at first contact, with the names that Telegram tells now.
CREATE FUNCTION account_meet(p jsonb) RETURNS "user" LANGUAGE plpgsql AS $$
DECLARE
  person "user";
BEGIN
  SELECT * INTO person FROM "user" WHERE id = (p->>'userId')::bigint;
  IF FOUND AND person."lastSeenAt" > now() - interval '1 hour' AND person."leftAt" IS NULL
     AND (person."firstName", person."lastName", person.username, person."languageCode")
         IS NOT DISTINCT FROM (p->>'firstName', p->>'lastName', p->>'username', p->>'languageCode') THEN
    RETURN person;
  END IF;
  INSERT INTO "user" (id, "firstName", "lastName", username, "languageCode", "lastSeenAt")
  VALUES ((p->>'userId')::bigint, p->>'firstName', p->>'lastName', p->>'username', p->>'languageCode', now())
  ON CONFLICT (id) DO UPDATE SET "firstName" = EXCLUDED."firstName", "lastName" = EXCLUDED."lastName",
         username = EXCLUDED.username, "languageCode" = EXCLUDED."languageCode", "lastSeenAt" = now(), "leftAt" = NULL
  RETURNING * INTO person;
  RETURN person;
END $$;

-- Somebody brings an invitation. Who is in already does not use it up. -> taken | already | invalid
CREATE FUNCTION invitation_take(p_user bigint, p_hash text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "user" WHERE id = p_user AND "admittedAt" IS NULL FOR UPDATE;
  IF NOT FOUND THEN RETURN 'already'; END IF;
  UPDATE invitation SET "usesLeft" = "usesLeft" - 1
   WHERE "codeHash" = p_hash AND "usesLeft" > 0 AND "expiresAt" > now();
  IF NOT FOUND THEN RETURN 'invalid'; END IF;
  UPDATE "user" SET "admittedAt" = now() WHERE id = p_user;
  RETURN 'taken';
END $$;

-- The first moment of the day that is p_days - 1 days before today: so far back do p_days days reach.
CREATE FUNCTION days_begin(p_zone text, p_days int) RETURNS timestamptz LANGUAGE sql STABLE
  RETURN ((now() AT TIME ZONE p_zone)::date - (p_days - 1))::timestamp AT TIME ZONE p_zone;

-- Whether p_new more seconds fit into p_minutes in p_days calendar days, of which today is the last. What is open counts
-- as used today. The sum is over no more files than the quota let in. -> null when they fit, else
-- {outcome: spent, period, minutes, again: when there is room, null when the file alone is longer than all of it}
CREATE FUNCTION quota_refusal(p_user bigint, p_zone text, p_period text, p_days int, p_minutes int, p_open int, p_new int)
RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  since timestamptz;
  -- Of a file whose length nobody knows: it has one.
  wanted int := GREATEST(p_new, 1);
  used double precision;
  last_full date;
BEGIN
  IF p_minutes IS NULL OR p_minutes < 0 THEN RETURN NULL; END IF;
  since := days_begin(p_zone, p_days);
  SELECT COALESCE(sum("audioSeconds"), 0) INTO used FROM usage WHERE "userId" = p_user AND "endedAt" >= since;
  IF used + p_open + wanted <= p_minutes * 60 THEN RETURN NULL; END IF;
  -- The latest day whose leaving makes room: what came after it is little enough.
  SELECT max(day) INTO last_full FROM (
    SELECT day, sum(sum(seconds)) OVER (ORDER BY day DESC) AS kept FROM (
      SELECT (now() AT TIME ZONE p_zone)::date AS day, p_open AS seconds
      UNION ALL
      SELECT ("endedAt" AT TIME ZONE p_zone)::date, "audioSeconds" FROM usage WHERE "userId" = p_user AND "endedAt" >= since
    ) AS of_days GROUP BY day) AS days
   WHERE kept + wanted > p_minutes * 60;
  RETURN jsonb_build_object('outcome', 'spent', 'period', p_period, 'minutes', p_minutes,
    'again', CASE WHEN wanted <= p_minutes * 60 THEN (last_full + p_days)::timestamp AT TIME ZONE p_zone END);
END $$;

-- As before, and of everybody's minutes there are so many. -> … | {outcome: full, limit, most} | {outcome: spent, …}
CREATE OR REPLACE FUNCTION lane_submit(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  p_user bigint := (p->>'userId')::bigint;
  person "user";
  l lane;
  row transcription;
  is_new boolean;
  seconds int := COALESCE((p->>'announcedSeconds')::int, 0);
  refusal jsonb;
BEGIN
  person := account_meet(p);
  INSERT INTO chat (id, type, title) VALUES ((p->>'chatId')::bigint, p->>'chatType', p->>'chatTitle')
  ON CONFLICT (id) DO NOTHING;
  INSERT INTO lane ("userId") VALUES (p_user) ON CONFLICT DO NOTHING;
  SELECT * INTO l FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT * INTO row FROM transcription WHERE "uploadKey" = p->>'uploadKey';
  is_new := NOT FOUND;
  IF is_new THEN
    IF l.open >= COALESCE(person."waitingFiles", (p->>'maxOpen')::int) THEN
      RETURN jsonb_build_object('outcome', 'full', 'limit', 'files',
                                'most', COALESCE(person."waitingFiles", (p->>'maxOpen')::int));
    END IF;
    -- A lane that is empty takes any file: its own length is somebody else's business.
    IF l.open > 0 AND l."openSeconds" + seconds > (p->>'maxOpenSeconds')::int THEN
      RETURN jsonb_build_object('outcome', 'full', 'limit', 'minutes', 'most', round((p->>'maxOpenSeconds')::int / 60.0));
    END IF;
    -- The version before knows no quotas, and would not know what to say.
    IF p ? 'timeZone' THEN
      -- The month first: who has used it up is not helped by another day.
      refusal := COALESCE(
        quota_refusal(p_user, p->>'timeZone', 'month', 30,
                      COALESCE(person."minutesAMonth", (p->>'minutesAMonth')::int), l."openSeconds", seconds),
        quota_refusal(p_user, p->>'timeZone', 'day', 1,
                      COALESCE(person."minutesADay", (p->>'minutesADay')::int), l."openSeconds", seconds));
      IF refusal IS NOT NULL THEN RETURN refusal; END IF;
    END IF;
    UPDATE lane SET "nextSeq" = "nextSeq" + 1 WHERE "userId" = p_user;
    INSERT INTO transcription ("userId", seq, state, "uploadKey", "chatId", "messageId", "threadId", kind, "fileId",
      "fileUniqueId", "fileName", "mimeType", "fileSize", "announcedSeconds", "senderName", language, "sentAt", "runAfter")
    VALUES (p_user, l."nextSeq", 'CHOOSING', p->>'uploadKey', (p->>'chatId')::bigint, (p->>'messageId')::int,
      (p->>'threadId')::int, p->>'kind', p->>'fileId', p->>'fileUniqueId', p->>'fileName', p->>'mimeType',
      (p->>'fileSize')::bigint, (p->>'announcedSeconds')::int, p->>'senderName',
      COALESCE(p->>'language', (SELECT s."speechLanguage" FROM setting s WHERE s."userId" = p_user)),
      to_timestamp((p->>'sentAtSeconds')::bigint), clock_timestamp() + interval '15 seconds')
    RETURNING * INTO row;
  END IF;
  RETURN jsonb_build_object('outcome', 'accepted', 'id', row.id, 'created', is_new, 'state', row.state,
    'statusMessageId', row."statusMessageId",
    'lastEngine', (SELECT s."lastEngine" FROM setting s WHERE s."userId" = p_user));
END $$;

-- An admin sets a lane going again that hangs: whoever has its file loses it, and it is anybody's, at once. It does not
-- count as an attempt. -> {state of the file that was active, token to send}, both null where there was nothing to do
CREATE FUNCTION lane_give_back(p_user bigint, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  l lane;
  row transcription;
  token jsonb;
BEGIN
  SELECT * INTO l FROM lane WHERE "userId" = p_user FOR UPDATE;
  IF l."activeId" IS NULL THEN
    RETURN jsonb_build_object('state', NULL, 'token', lane_promote(p_user, p_dispatch_ms));
  END IF;
  SELECT * INTO row FROM transcription WHERE id = l."activeId";
  IF row."cancelRequestedAt" IS NOT NULL THEN
    token := lane_end(row.id, p_user, 'CANCELLED', NULL, NULL, status_only('{"kind": "cancelled"}'), p_dispatch_ms, 0);
  ELSE
    UPDATE lane SET fence = fence + 1, holder = NULL, "leaseUntil" = clock_timestamp() + milliseconds(p_dispatch_ms)
     WHERE "userId" = p_user;
    UPDATE transcription SET state = 'QUEUED', "runAfter" = clock_timestamp(),
           attempts = attempts - CASE WHEN state = 'PROCESSING' THEN 1 ELSE 0 END WHERE id = row.id;
    token := lane_token(row.id, l.fence + 1, row.engine);
  END IF;
  RETURN jsonb_build_object('state', row.state, 'token', token);
END $$;
