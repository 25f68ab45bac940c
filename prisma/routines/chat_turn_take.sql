-- Takes the next turn of a bot in a chat, for all its processes together.
-- p_chat, p_kind: the chat, and whether it is a send or an edit; each is limited by itself
-- p_messages: number of messages that the call shows
-- p_burst, p_every_ms: how many may come at once, and then one in so many ms
-- p_max_wait_ms: a longer wait takes no turn
-- Returns: the time until the turn, in ms; greater than p_max_wait_ms when none was taken
-- Locks: the row of chat_turn
-- Called by: src/store/chat-turns.ts
CREATE OR REPLACE FUNCTION chat_turn_take(p_chat bigint, p_kind text, p_messages int, p_burst int, p_every_ms double precision,
                               p_max_wait_ms double precision) RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE
  was timestamptz;
  moment timestamptz;
  wait double precision;
BEGIN
  INSERT INTO chat_turn ("chatId", kind, due) VALUES (p_chat, p_kind, clock_timestamp()) ON CONFLICT DO NOTHING;
  SELECT due INTO was FROM chat_turn WHERE "chatId" = p_chat AND kind = p_kind FOR UPDATE;
  moment := clock_timestamp();
  -- Pruned in this moment: nobody has spoken there for long.
  was := COALESCE(was, moment);
  wait := GREATEST(0, EXTRACT(EPOCH FROM was - moment) * 1000 - (p_burst - 1) * p_every_ms);
  IF wait <= p_max_wait_ms THEN
    UPDATE chat_turn SET due = GREATEST(was, moment + milliseconds(wait)) + milliseconds(p_messages * p_every_ms)
     WHERE "chatId" = p_chat AND kind = p_kind;
  END IF;
  RETURN wait;
END $$;
