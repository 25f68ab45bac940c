-- Answers that were given up: admins see them, and may have them sent again.
ALTER TABLE transcription ADD COLUMN "deliverGaveUpAt" timestamptz(3);
CREATE INDEX transcription_given_up ON transcription ("deliverGaveUpAt") WHERE "deliverGaveUpAt" IS NOT NULL;

-- Whatever sets an answer going again, it is not given up any more.
CREATE FUNCTION forget_given_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."deliverGaveUpAt" := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER transcription_given_up BEFORE UPDATE OF "deliverAfter" ON transcription
  FOR EACH ROW WHEN (OLD."deliverGaveUpAt" IS NOT NULL AND NEW."deliverAfter" IS NOT NULL)
  EXECUTE FUNCTION forget_given_up();
