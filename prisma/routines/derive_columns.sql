-- Trigger: sets the columns of a transcription that follow from others: queuedAt (the time from which a worker can claim
-- it), unsentSince (the time from which a delivery is unsent), retainedUntil (the user's choice, when it ends), and clears
-- deliverGaveUpAt when its answer becomes due again. A trigger covers every function of the lane, and programs of the
-- release before. It is one function, because every trigger costs each change of a state.
-- Locks: none
-- Called by: transcription_derived, transcription_derived_new
CREATE OR REPLACE FUNCTION derive_columns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state = 'QUEUED' THEN NEW."queuedAt" := GREATEST(clock_timestamp(), NEW."runAfter"); END IF;
  ELSIF NEW.state <> OLD.state THEN
    IF NEW.state = 'QUEUED' THEN NEW."queuedAt" := GREATEST(clock_timestamp(), NEW."runAfter"); END IF;
    IF NEW.state IN ('COMPLETED', 'FAILED', 'CANCELLED') THEN
      NEW."retainedUntil" := retained_until(COALESCE(NEW."finishedAt", now()),
        (SELECT "retentionHours" FROM setting WHERE "userId" = NEW."userId"));
    ELSIF NEW."retainedUntil" IS NOT NULL THEN
      NEW."retainedUntil" := NULL;
    END IF;
  END IF;
  -- An album that is held back is not late.
  IF NEW."deliverAfter" IS NULL OR NEW."deliverAttempts" = -1 THEN
    IF NEW."unsentSince" IS NOT NULL THEN NEW."unsentSince" := NULL; END IF;
  ELSE
    IF NEW."unsentSince" IS NULL THEN NEW."unsentSince" := clock_timestamp(); END IF;
    IF TG_OP = 'UPDATE' AND NEW."deliverGaveUpAt" IS NOT NULL AND OLD."deliverGaveUpAt" IS NOT NULL THEN
      NEW."deliverGaveUpAt" := NULL;
    END IF;
  END IF;
  RETURN NEW;
END $$;
