-- Dialogs of the bot, which go on after a restart, in whichever process; and glossaries edited by hand.

-- Where a dialog is: what @grammyjs/conversations replays. One a private chat.
CREATE TABLE dialog (
  "chatId" bigint PRIMARY KEY,
  value jsonb NOT NULL,
  -- Rises with every step: of two processes that go on at once, one begins again with what the other has written.
  step int NOT NULL DEFAULT 1,
  "changedAt" timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX dialog_changed ON dialog ("changedAt");

-- A new state of a dialog. p_step: the one it follows, null: there was none. -> false when another one came first
CREATE FUNCTION dialog_write(p_chat bigint, p_step int, p_value jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF p_step IS NULL THEN
    INSERT INTO dialog ("chatId", value) VALUES (p_chat, p_value) ON CONFLICT DO NOTHING;
  ELSE
    UPDATE dialog SET value = p_value, step = step + 1, "changedAt" = now() WHERE "chatId" = p_chat AND step = p_step;
  END IF;
  RETURN FOUND;
END $$;

-- Another spelling for an entry of this person; one that is there already takes over what was heard. -> whether there is one
CREATE FUNCTION glossary_rename(p_user bigint, p_entry bigint, p_spelling text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  this glossary_entry;
BEGIN
  PERFORM 1 FROM "user" WHERE id = p_user FOR NO KEY UPDATE;
  DELETE FROM glossary_entry WHERE id = p_entry AND "userId" = p_user RETURNING * INTO this;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO glossary_entry ("userId", spelling, heard, learnt)
  VALUES (p_user, p_spelling, array_remove(this.heard || this.spelling, p_spelling), false)
  ON CONFLICT ("userId", spelling) DO UPDATE SET "changedAt" = now(), learnt = false,
     heard = ARRAY(SELECT DISTINCT unnest(glossary_entry.heard || EXCLUDED.heard));
  RETURN true;
END $$;
