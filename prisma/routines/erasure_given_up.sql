-- Trigger: an answer that becomes due again is not given up any more.
-- Called by: transcription_given_up
CREATE OR REPLACE FUNCTION erasure_given_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."deliverGaveUpAt" := NULL;
  RETURN NEW;
END $$;
