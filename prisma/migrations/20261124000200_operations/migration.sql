-- What operators see of the whole: which processes run, what was done in every ten minutes, and engines tried out.

-- A process of Dabir, as it says of itself.
CREATE TABLE process (
  name text PRIMARY KEY,
  role text NOT NULL,
  version text NOT NULL,
  "startedAt" timestamptz(3) NOT NULL,
  -- Where it keeps files while it works on them.
  "freeBytes" bigint,
  "seenAt" timestamptz(3) NOT NULL DEFAULT now()
);

-- What a service last told of the account that is used there.
ALTER TABLE engine_report ADD COLUMN credit text;

-- An admin wants to know whether an engine works: a worker has it hear the sample that comes with Dabir.
CREATE TABLE engine_test (
  id bigserial PRIMARY KEY,
  engine text NOT NULL,
  "askedById" bigint NOT NULL,
  "askedAt" timestamptz(3) NOT NULL DEFAULT now(),
  worker text,
  "takenAt" timestamptz(3),
  "endedAt" timestamptz(3),
  -- What was heard, or what went wrong.
  heard text,
  error text
);
CREATE INDEX engine_test_waiting ON engine_test (id) WHERE "takenAt" IS NULL;
CREATE INDEX engine_test_latest ON engine_test (engine, id);

-- What was done in ten minutes, by engine; written once they are over, so that charts of a month read a few thousand rows.
CREATE TABLE activity (
  "from" timestamptz(3) NOT NULL,
  engine text NOT NULL,
  completed int NOT NULL,
  failed int NOT NULL,
  "audioSeconds" double precision NOT NULL,
  -- From the choice of an engine to the start of the work, of so many files.
  "waited" int NOT NULL,
  "waitedSeconds" double precision NOT NULL,
  "longestWaitSeconds" double precision NOT NULL,
  usd double precision NOT NULL,
  irt double precision NOT NULL,
  PRIMARY KEY ("from", engine)
);

-- What is under way now is found without looking at anything else.
CREATE INDEX transcription_running ON transcription (id) WHERE state = 'PROCESSING';
-- The latest thumbs.
CREATE INDEX feedback_latest ON feedback (at);

CREATE FUNCTION ten_minutes(p_at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE
  RETURN date_bin('10 minutes', p_at, '2000-01-01 00:00:00Z');

-- What was done between two moments, by engine and ten minutes.
CREATE FUNCTION activity_between(p_from timestamptz, p_until timestamptz, p_engines text[]) RETURNS SETOF activity
LANGUAGE sql STABLE AS $$
  WITH ended AS (
    SELECT t.id, t.engine, t.state, t."finishedAt", t."startedAt", t."createdAt"
      FROM unnest(p_engines) AS name JOIN transcription t
        ON t.engine = name AND t.state = 'COMPLETED' AND t."finishedAt" >= p_from AND t."finishedAt" < p_until
    UNION ALL
    SELECT t.id, t.engine, t.state, t."finishedAt", t."startedAt", t."createdAt"
      FROM unnest(p_engines) AS name JOIN transcription t
        ON t.engine = name AND t.state = 'FAILED' AND t."finishedAt" >= p_from AND t."finishedAt" < p_until
  ), timed AS (
    SELECT ended.*, GREATEST(0, EXTRACT(EPOCH FROM "startedAt" - COALESCE(
             (SELECT min(s.at) FROM state_change s WHERE s."transcriptionId" = ended.id AND s."toState" = 'PENDING'),
             "createdAt"))) AS wait
      FROM ended
  ), files AS (
    SELECT ten_minutes("finishedAt") AS since, engine, count(*) FILTER (WHERE state = 'COMPLETED') AS completed,
           count(*) FILTER (WHERE state = 'FAILED') AS failed, count(wait) AS waited, sum(wait) AS waits, max(wait) AS longest
      FROM timed GROUP BY 1, 2
  ), used AS (
    SELECT ten_minutes("endedAt") AS since, engine, sum("audioSeconds") AS seconds,
           sum(cost) FILTER (WHERE currency = 'USD') AS usd, sum(cost) FILTER (WHERE currency = 'IRT') AS irt
      FROM usage WHERE "endedAt" >= p_from AND "endedAt" < p_until AND engine = ANY(p_engines) GROUP BY 1, 2
  )
  SELECT since, engine, COALESCE(completed, 0)::int, COALESCE(failed, 0)::int, COALESCE(seconds, 0),
         COALESCE(waited, 0)::int, COALESCE(waits, 0)::float8, COALESCE(longest, 0)::float8, COALESCE(usd, 0), COALESCE(irt, 0)
    FROM files FULL JOIN used USING (since, engine) $$;

-- Where what is written down of the past ends; nothing before the last month and a day is added up.
CREATE FUNCTION activity_written() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT GREATEST(ten_minutes(now() - interval '32 days'), max("from") + interval '10 minutes') FROM activity $$;

-- Writes down what was done until a minute ago (whatever ends takes less to be committed), and forgets what is older
-- than a year. Several processes may do so at the same time. -> rows written
CREATE FUNCTION activity_close(p_engines text[]) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  until timestamptz := ten_minutes(now() - interval '1 minute');
  written int;
BEGIN
  INSERT INTO activity SELECT * FROM activity_between(activity_written(), until, p_engines) ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS written = ROW_COUNT;
  DELETE FROM activity WHERE "from" < now() - interval '366 days';
  RETURN written;
END $$;
