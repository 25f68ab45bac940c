-- Trigger: clears deliverGaveUpAt of an answer that becomes due again.
-- Called by: transcription_given_up
CREATE OR REPLACE FUNCTION erasure_given_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."deliverGaveUpAt" := NULL;
  RETURN NEW;
END $$;
