-- Requeues transcriptions of lost workers and resends lost tokens: those of QUEUED transcriptions whose lease is over.
-- Promotes in lanes with an empty slot. A lane that is locked is skipped.
-- A lost worker is not an attempt. The transcription is FAILED (worker_lost) when it is probably the reason: when
-- p_max_losses workers were lost that had no other transcription, or twice as many in all.
-- now() and not clock_timestamp() selects the rows: PostgreSQL looks up only the former in an index.
-- p_limit: maximum number of lanes of each kind
-- p_dispatch_ms: time until a token that is not taken is sent again, in ms
-- p_max_losses: maximum number of lost workers, as above
-- p_first_backoff_ms: pause after the second loss, in ms (loss_backoff)
-- Returns: [token, …] to send
-- Locks: the lanes, then their transcriptions
-- Called by: src/store/lanes.ts
CREATE OR REPLACE FUNCTION lane_sweep(p_limit int, p_dispatch_ms double precision, p_max_losses int DEFAULT 10,
  p_first_backoff_ms double precision DEFAULT 1000) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  l lane;
  row transcription;
  token jsonb;
  tokens jsonb := '[]';
  view jsonb;
  lost record;
  backoff_ms double precision;
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
        backoff_ms := loss_backoff(lost.losses, p_first_backoff_ms);
        UPDATE lane SET fence = fence + 1, holder = NULL,
               "leaseUntil" = clock_timestamp() + milliseconds(CASE WHEN backoff_ms = 0 THEN p_dispatch_ms ELSE backoff_ms END)
         WHERE "userId" = l."userId";
        UPDATE transcription SET state = 'QUEUED', "errorCode" = 'worker_lost', attempts = GREATEST(attempts - 1, 0),
               "runAfter" = CASE WHEN backoff_ms = 0 THEN "runAfter" ELSE clock_timestamp() + milliseconds(backoff_ms) END
         WHERE id = row.id;
        -- No token while it rests: a later sweep sends it.
        token := CASE WHEN backoff_ms = 0 THEN lane_token(row.id, l.fence + 1, row.engine) END;
      END IF;
    END IF;
    IF token IS NOT NULL THEN tokens := tokens || jsonb_build_array(token); END IF;
  END LOOP;
  FOR l IN SELECT * FROM lane WHERE "activeId" IS NULL AND pending > 0 LIMIT p_limit FOR UPDATE SKIP LOCKED LOOP
    token := lane_promote(l."userId", p_dispatch_ms);
    IF token IS NOT NULL THEN tokens := tokens || jsonb_build_array(token); END IF;
  END LOOP;
  RETURN tokens;
END $$;
