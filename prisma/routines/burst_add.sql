-- Puts a new transcription into a burst with the one before it, when that came to the same private chat within p_within_ms.
-- The status message of the first one becomes the burst's message; none of them has a status message of its own then.
-- p_id: the new transcription
-- p_user: its user
-- p_within_ms: maximum time between the two, in ms
-- p_max: maximum number of transcriptions in a burst
-- Returns: the id of the burst whose message speaks for the transcription; null when it speaks for itself: it came alone,
--   what came before it has ended, the one before it is a copy or a note of a connected account, the burst is full, or the
--   user chooses for each upload by itself
-- Locks: the user's lane, then the burst and both transcriptions
-- Called by: src/features/bursts/store.ts
CREATE OR REPLACE FUNCTION burst_add(p_id bigint, p_user bigint, p_within_ms double precision, p_max int) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  this transcription;
  before transcription;
  its burst;
BEGIN
  PERFORM 1 FROM lane WHERE "userId" = p_user FOR UPDATE;
  SELECT * INTO this FROM transcription WHERE id = p_id AND "userId" = p_user AND "chatId" = p_user AND purpose IS NULL;
  IF NOT FOUND OR NOT is_open(this.state) THEN RETURN NULL; END IF;
  -- Another process added the transcription after it, and this one with it.
  IF this."burstId" IS NOT NULL THEN
    RETURN (SELECT id FROM burst WHERE id = this."burstId" AND state <> 'SEPARATE');
  END IF;
  SELECT * INTO before FROM transcription WHERE "userId" = p_user AND seq < this.seq ORDER BY seq DESC LIMIT 1;
  IF NOT FOUND OR before."chatId" <> this."chatId" OR before."createdAt" < this."createdAt" - milliseconds(p_within_ms)
    OR before."copyOf" IS NOT NULL OR before.purpose IS NOT NULL OR before.state = 'CANCELLED' THEN RETURN NULL; END IF;
  IF before."burstId" IS NULL THEN
    -- One that has ended has its answer already.
    IF NOT is_open(before.state) THEN RETURN NULL; END IF;
    INSERT INTO burst ("userId", "messageId") VALUES (p_user, before."statusMessageId") RETURNING * INTO its;
    DELETE FROM answer_message WHERE "chatId" = before."chatId" AND "messageId" = before."statusMessageId";
  ELSE
    SELECT * INTO its FROM burst b WHERE b.id = before."burstId" AND b.state <> 'BUNDLED'
       AND (SELECT count(*) FROM transcription t WHERE t."burstId" = b.id) < p_max
       -- The message of one that has ended is far up in the chat.
       AND EXISTS (SELECT FROM transcription t WHERE t."burstId" = b.id AND is_open(t.state));
    IF NOT FOUND THEN RETURN NULL; END IF;
  END IF;
  -- While CHOOSING, no picker of their own is due.
  UPDATE transcription SET "burstId" = its.id, "statusMessageId" = NULL,
         "runAfter" = CASE WHEN state = 'CHOOSING' AND its.state <> 'SEPARATE' THEN now() + interval '1 year' ELSE "runAfter" END
   WHERE id = p_id OR (id = before.id AND before."burstId" IS NULL);
  IF its.state = 'SEPARATE' THEN RETURN NULL; END IF;
  PERFORM burst_touch(its.id);
  RETURN its.id;
END $$;
