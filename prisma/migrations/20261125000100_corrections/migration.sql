-- A person replies to a transcript and corrects it; what they write right is remembered for their next recordings.

-- Which of our messages belong to which file. Two files of a group may be answered by people who reply at the same time,
-- so it is looked up by the message and by nothing else.
CREATE TABLE answer_message (
  "chatId" bigint NOT NULL,
  "messageId" int NOT NULL,
  "transcriptionId" bigint NOT NULL REFERENCES transcription (id) ON DELETE CASCADE ON UPDATE CASCADE,
  -- Of its delivery (text, album, clip, …), or status, or note: what was said about it in the chat.
  kind text NOT NULL,
  part int NOT NULL DEFAULT 0,
  PRIMARY KEY ("chatId", "messageId")
);
CREATE INDEX answer_message_of ON answer_message ("transcriptionId");

CREATE FUNCTION remember_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW."sentMessageIds" = OLD."sentMessageIds" THEN RETURN NULL; END IF;
    DELETE FROM answer_message WHERE "transcriptionId" = NEW."transcriptionId" AND kind = NEW.kind AND part = NEW.part
       AND "messageId" <> ALL (NEW."sentMessageIds");
  END IF;
  INSERT INTO answer_message ("chatId", "messageId", "transcriptionId", kind, part)
  SELECT t."chatId", message, t.id, NEW.kind, NEW.part
    FROM transcription t, unnest(NEW."sentMessageIds") AS message WHERE t.id = NEW."transcriptionId"
  ON CONFLICT ("chatId", "messageId") DO UPDATE
     SET "transcriptionId" = EXCLUDED."transcriptionId", kind = EXCLUDED.kind, part = EXCLUDED.part;
  RETURN NULL;
END $$;
CREATE TRIGGER delivery_remembered AFTER INSERT OR UPDATE OF "sentMessageIds" ON delivery
  FOR EACH ROW EXECUTE FUNCTION remember_delivery();

CREATE FUNCTION remember_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO answer_message ("chatId", "messageId", "transcriptionId", kind)
  VALUES (NEW."chatId", NEW."statusMessageId", NEW.id, 'status')
  ON CONFLICT ("chatId", "messageId") DO UPDATE
     SET "transcriptionId" = EXCLUDED."transcriptionId", kind = EXCLUDED.kind, part = 0;
  RETURN NULL;
END $$;
CREATE TRIGGER status_remembered AFTER UPDATE OF "statusMessageId" ON transcription
  FOR EACH ROW WHEN (NEW."statusMessageId" IS DISTINCT FROM OLD."statusMessageId" AND NEW."statusMessageId" IS NOT NULL)
  EXECUTE FUNCTION remember_status();

-- What was sent before.
INSERT INTO answer_message ("chatId", "messageId", "transcriptionId", kind, part)
SELECT t."chatId", message, t.id, d.kind, d.part
  FROM delivery d JOIN transcription t ON t.id = d."transcriptionId", unnest(d."sentMessageIds") AS message
ON CONFLICT DO NOTHING;
INSERT INTO answer_message ("chatId", "messageId", "transcriptionId", kind)
SELECT "chatId", "statusMessageId", id, 'status' FROM transcription WHERE "statusMessageId" IS NOT NULL
ON CONFLICT DO NOTHING;

-- How often a transcript was changed: who changes it says what they have read.
ALTER TABLE transcript ADD COLUMN revision int NOT NULL DEFAULT 0;

CREATE TABLE correction (
  id bigserial PRIMARY KEY,
  "transcriptionId" bigint NOT NULL REFERENCES transcription (id) ON DELETE CASCADE ON UPDATE CASCADE,
  -- [{wrong, right, places: in how many it was}]
  pairs jsonb NOT NULL,
  -- The segments as they were, by their places: [{place, segment}], so that it can be taken back.
  before jsonb NOT NULL,
  -- Their places alone.
  places int[] NOT NULL,
  "madeAt" timestamptz(3) NOT NULL DEFAULT now(),
  "undoneAt" timestamptz(3)
);
CREATE INDEX correction_of ON correction ("transcriptionId");

-- How a person wants words to be spelt, and what was heard in their place.
CREATE TABLE glossary_entry (
  id bigserial PRIMARY KEY,
  "userId" bigint NOT NULL REFERENCES "user" (id) ON DELETE CASCADE ON UPDATE CASCADE,
  spelling text NOT NULL,
  heard text[] NOT NULL DEFAULT '{}',
  -- By a correction, not by hand.
  learnt boolean NOT NULL,
  "changedAt" timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX glossary_entry_spelling ON glossary_entry ("userId", spelling);

-- A spelling for the glossary, and what was heard in its place (null: nothing yet). The newest word on what was heard
-- counts; what was a spelling and is now wrong goes over to the new one. -> learnt | full: no room for one more
CREATE FUNCTION glossary_learn(p_user bigint, p_heard text, p_spelling text, p_learnt boolean, p_most int) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  moved text[];
BEGIN
  PERFORM 1 FROM "user" WHERE id = p_user FOR NO KEY UPDATE;
  PERFORM 1 FROM glossary_entry WHERE "userId" = p_user AND spelling = p_spelling;
  IF NOT FOUND AND (SELECT count(*) FROM glossary_entry WHERE "userId" = p_user) >= p_most THEN RETURN 'full'; END IF;
  DELETE FROM glossary_entry WHERE "userId" = p_user AND spelling = p_heard AND learnt RETURNING heard INTO moved;
  PERFORM glossary_forget(p_user, p_heard, spelling) FROM glossary_entry
    WHERE "userId" = p_user AND p_heard = ANY (heard) AND spelling <> p_spelling;
  INSERT INTO glossary_entry ("userId", spelling, heard, learnt)
  VALUES (p_user, p_spelling, array_remove(array_remove(COALESCE(moved, '{}') || p_heard, p_spelling), NULL), p_learnt)
  ON CONFLICT ("userId", spelling) DO UPDATE SET "changedAt" = now(), learnt = glossary_entry.learnt AND EXCLUDED.learnt,
     heard = ARRAY(SELECT DISTINCT unnest(glossary_entry.heard || EXCLUDED.heard));
  RETURN 'learnt';
END $$;

-- What was heard says nothing about this spelling any more; one that was learnt by it alone goes too.
CREATE FUNCTION glossary_forget(p_user bigint, p_heard text, p_spelling text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE glossary_entry SET heard = array_remove(heard, p_heard), "changedAt" = now()
   WHERE "userId" = p_user AND spelling = p_spelling;
  DELETE FROM glossary_entry WHERE "userId" = p_user AND spelling = p_spelling AND learnt AND cardinality(heard) = 0;
END $$;

-- A transcript is corrected: its text, what can take it back, what is learnt of it, and the message to the worker that
-- renews what was sent. p: {text, segments, pairs, before, places, learn: [{wrong, right}], mostLearnt}
-- -> {outcome: corrected, id, learnt: true | false | null: nothing to learn, or no room} | {outcome: stale: it was changed meanwhile | unknown}
CREATE FUNCTION correction_apply(p_id bigint, p_user bigint, p_revision int, p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  correction_id bigint;
  learnt boolean;
BEGIN
  PERFORM 1 FROM transcription WHERE id = p_id AND "userId" = p_user AND state = 'COMPLETED' FOR UPDATE;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  UPDATE transcript SET text = p->>'text', segments = p->'segments', revision = revision + 1
   WHERE "transcriptionId" = p_id AND revision = p_revision;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'stale'); END IF;
  INSERT INTO correction ("transcriptionId", pairs, before, places)
  VALUES (p_id, p->'pairs', p->'before', ARRAY(SELECT jsonb_array_elements_text(p->'places')::int)) RETURNING id INTO correction_id;
  PERFORM delivery_add(p_id, p_user, 'revision', jsonb_build_object('revision', p_revision + 1));
  SELECT bool_and(glossary_learn(p_user, pair->>'wrong', pair->>'right', true, (p->>'mostLearnt')::int) = 'learnt') INTO learnt
    FROM jsonb_array_elements(p->'learn') AS pair;
  RETURN jsonb_build_object('outcome', 'corrected', 'id', correction_id, 'learnt', learnt);
END $$;

-- A correction of this person is taken back, with what was learnt of it. p: {text, segments}, as they are then.
-- -> undone | already | later: another one has changed the same stretch since | stale | unknown
CREATE FUNCTION correction_undo(p_id bigint, p_user bigint, p_revision int, p jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  this correction;
BEGIN
  PERFORM 1 FROM transcription t JOIN correction c ON c."transcriptionId" = t.id
    WHERE c.id = p_id AND t."userId" = p_user FOR UPDATE OF t;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  SELECT * INTO this FROM correction WHERE id = p_id;
  IF this."undoneAt" IS NOT NULL THEN RETURN 'already'; END IF;
  PERFORM 1 FROM correction WHERE "transcriptionId" = this."transcriptionId" AND id > p_id AND "undoneAt" IS NULL
    AND places && this.places;
  IF FOUND THEN RETURN 'later'; END IF;
  UPDATE transcript SET text = p->>'text', segments = p->'segments', revision = revision + 1
   WHERE "transcriptionId" = this."transcriptionId" AND revision = p_revision;
  IF NOT FOUND THEN RETURN 'stale'; END IF;
  UPDATE correction SET "undoneAt" = now() WHERE id = p_id;
  PERFORM correction_forget(p_id, p_user);
  PERFORM delivery_add(this."transcriptionId", p_user, 'revision', jsonb_build_object('revision', p_revision + 1));
  RETURN 'undone';
END $$;

-- What was learnt of a correction of this person is forgotten. -> whether there is such a correction
CREATE FUNCTION correction_forget(p_id bigint, p_user bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  learnt jsonb;
BEGIN
  SELECT c.pairs INTO learnt FROM correction c JOIN transcription t ON t.id = c."transcriptionId"
   WHERE c.id = p_id AND t."userId" = p_user;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM glossary_forget(p_user, pair->>'wrong', pair->>'right') FROM jsonb_array_elements(learnt) AS pair;
  RETURN true;
END $$;

-- As before, and with what was said about it in the chat.
CREATE OR REPLACE FUNCTION lane_delete(p_id bigint, p_user bigint, p_dispatch_ms double precision) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  messages jsonb;
  bundle_id bigint;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT "bundleId" INTO bundle_id FROM transcription WHERE id = p_id AND "userId" = p_user;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'unknown'); END IF;
  SELECT COALESCE(jsonb_agg(message), '[]') INTO messages FROM (
    SELECT "messageId" AS message FROM answer_message WHERE "transcriptionId" = p_id AND kind <> 'status'
    UNION
    SELECT unnest(d."sentMessageIds") FROM transcription t
      JOIN delivery d ON d."transcriptionId" = t.id AND d.kind = 'joined' WHERE t."bundleId" = bundle_id
  ) AS sent;
  UPDATE lane SET "activeId" = NULL, holder = NULL, "leaseUntil" = NULL, fence = fence + 1
   WHERE "userId" = p_user AND "activeId" = p_id;
  DELETE FROM transcription WHERE id = p_id;
  RETURN jsonb_build_object('outcome', 'deleted', 'messageIds', messages, 'next', lane_promote(p_user, p_dispatch_ms));
END $$;
