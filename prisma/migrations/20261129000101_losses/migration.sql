-- CreateTable
CREATE TABLE "worker_loss" (
    "transcriptionId" BIGINT NOT NULL,
    "holder" TEXT NOT NULL,
    "alone" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_loss_pkey" PRIMARY KEY ("transcriptionId","holder")
);

-- CreateIndex
CREATE INDEX "worker_loss_holder_idx" ON "worker_loss"("holder");

-- AddForeignKey
ALTER TABLE "worker_loss" ADD CONSTRAINT "worker_loss_transcriptionId_fkey" FOREIGN KEY ("transcriptionId") REFERENCES "transcription"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What else a lost worker had.
CREATE INDEX lane_holder ON lane (holder) WHERE holder IS NOT NULL;

-- A file's worker was lost. Notes it, and tells how often that has happened, and how often the worker had nothing else.
-- Losses are counted by worker: one that lives on and is only slow can lose the same file again and again, which says
-- nothing about the file. Files of the same worker are noticed one after the other, so what was already taken from it
-- counts as well as what it still has.
CREATE FUNCTION lane_lose(p_id bigint, p_user bigint, p_holder text, OUT losses int, OUT alone_losses int)
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO worker_loss ("transcriptionId", holder, alone)
  SELECT p_id, p_holder,
         NOT EXISTS (SELECT FROM lane WHERE holder = p_holder AND "userId" <> p_user)
         AND NOT EXISTS (SELECT FROM worker_loss w WHERE w.holder = p_holder AND w."transcriptionId" <> p_id)
  ON CONFLICT ("transcriptionId", holder) DO NOTHING;
  SELECT count(*), count(*) FILTER (WHERE alone) INTO losses, alone_losses FROM worker_loss WHERE "transcriptionId" = p_id;
END $$;

-- Before a file is tried again that was lost so often: at once after the first time, then a doubling and jittered
-- while, 300 times the first at most, so that files that were lost together are not tried together again.
CREATE FUNCTION loss_rest(p_losses int, p_first_ms double precision) RETURNS double precision LANGUAGE sql VOLATILE
  RETURN CASE WHEN p_losses < 2 THEN 0
              ELSE p_first_ms * LEAST(300, 2 ^ LEAST(p_losses - 2, 20)) * (0.75 + random() / 2) END;

-- Mends what a death left: tokens to send again for QUEUED files past their lease, files of lost workers back to
-- QUEUED, stranded lanes. Each lane that somebody else is working on is skipped.
-- A lost worker is not an attempt of its file. It ends the file when the file is to blame: after p_max_losses workers
-- that had nothing else, or twice as many that had other files too.
-- p_max_attempts: as the version before calls it; not used any more. -> [token, …]
DROP FUNCTION lane_sweep(int, int, double precision);
CREATE FUNCTION lane_sweep(p_limit int, p_max_attempts int, p_dispatch_ms double precision, p_max_losses int DEFAULT 10,
  p_first_rest_ms double precision DEFAULT 1000) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  l lane;
  row transcription;
  token jsonb;
  tokens jsonb := '[]';
  view jsonb;
  lost record;
  rest_ms double precision;
BEGIN
  FOR l IN SELECT * FROM lane WHERE "activeId" IS NOT NULL AND "leaseUntil" < now()
            ORDER BY "leaseUntil" LIMIT p_limit FOR UPDATE SKIP LOCKED LOOP
    SELECT * INTO row FROM transcription WHERE id = l."activeId";
    IF row.state = 'QUEUED' THEN
      UPDATE lane SET "leaseUntil" = clock_timestamp() + milliseconds(p_dispatch_ms) WHERE "userId" = l."userId";
      token := lane_token(row.id, l.fence, row.engine);
    ELSE
      SELECT * INTO lost FROM lane_lose(row.id, l."userId", COALESCE(l.holder, ''));
      IF row."cancelRequestedAt" IS NOT NULL THEN
        token := lane_end(row.id, l."userId", 'CANCELLED', NULL, NULL, status_only('{"kind": "cancelled"}'), p_dispatch_ms, 0);
      ELSIF lost.alone_losses >= p_max_losses OR lost.losses >= 2 * p_max_losses THEN
        view := '{"kind": "failed", "code": "worker_lost", "details": {}}';
        token := lane_end(row.id, l."userId", 'FAILED', 'worker_lost', '{}', status_only(view), p_dispatch_ms, 0);
      ELSE
        rest_ms := loss_rest(lost.losses, p_first_rest_ms);
        UPDATE lane SET fence = fence + 1, holder = NULL,
               "leaseUntil" = clock_timestamp() + milliseconds(CASE WHEN rest_ms = 0 THEN p_dispatch_ms ELSE rest_ms END)
         WHERE "userId" = l."userId";
        UPDATE transcription SET state = 'QUEUED', "errorCode" = 'worker_lost', attempts = GREATEST(attempts - 1, 0),
               "runAfter" = CASE WHEN rest_ms = 0 THEN "runAfter" ELSE clock_timestamp() + milliseconds(rest_ms) END
         WHERE id = row.id;
        -- While it rests nobody is woken; a later sweep sends its token.
        token := CASE WHEN rest_ms = 0 THEN lane_token(row.id, l.fence + 1, row.engine) END;
      END IF;
    END IF;
    IF token IS NOT NULL THEN tokens := tokens || jsonb_build_array(token); END IF;
  END LOOP;
  FOR l IN SELECT * FROM lane WHERE "activeId" IS NULL AND waiting > 0 LIMIT p_limit FOR UPDATE SKIP LOCKED LOOP
    token := lane_promote(l."userId", p_dispatch_ms);
    IF token IS NOT NULL THEN tokens := tokens || jsonb_build_array(token); END IF;
  END LOOP;
  RETURN tokens;
END $$;

-- Who tries a failed file again begins anew.
CREATE FUNCTION forget_losses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM worker_loss WHERE "transcriptionId" = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER transcription_reopened AFTER UPDATE OF state ON transcription
  FOR EACH ROW WHEN (OLD.state = 'FAILED') EXECUTE FUNCTION forget_losses();
