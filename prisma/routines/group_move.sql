-- Moves everything of a group to the supergroup that Telegram made of it. Message ids of the old group are forgotten,
-- because in the new one they belong to other messages.
-- Returns: nothing; does nothing when the old group is unknown
-- Locks: the old chat's row, then its transcriptions, deliveries and settings
-- Called by: src/features/groups/store.ts
CREATE OR REPLACE FUNCTION group_move(p_from bigint, p_to bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM chat WHERE id = p_from FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO chat (id, type, title) SELECT p_to, 'supergroup', title FROM chat WHERE id = p_from ON CONFLICT DO NOTHING;
  UPDATE delivery SET "sentMessageIds" = '{}'
   WHERE "transcriptionId" IN (SELECT id FROM transcription WHERE "chatId" = p_from);
  UPDATE transcription SET "chatId" = p_to, "messageId" = 0, "statusMessageId" = NULL WHERE "chatId" = p_from;
  DELETE FROM answer_message WHERE "chatId" = p_from;
  UPDATE group_setting SET "chatId" = p_to
   WHERE "chatId" = p_from AND NOT EXISTS (SELECT FROM group_setting WHERE "chatId" = p_to);
  DELETE FROM chat WHERE id = p_from;
END $$;
