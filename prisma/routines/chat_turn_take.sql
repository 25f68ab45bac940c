-- Takes the next turn of a bot in a chat, for all its processes together.
-- p_chat, p_kind: the chat, and whether it is a send or an edit; each is limited on its own
-- p_messages: number of messages that the call shows
-- p_burst, p_every_ms: number of messages that may come at once, and the interval of the next ones, in ms
-- p_max_wait_ms: maximum wait, in ms; a longer one takes no turn
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
  -- The row was pruned in between: no turn was taken there for long.
  was := COALESCE(was, moment);
  wait := GREATEST(0, EXTRACT(EPOCH FROM was - moment) * 1000 - (p_burst - 1) * p_every_ms);
  IF wait <= p_max_wait_ms THEN
    UPDATE chat_turn SET due = GREATEST(was, moment + milliseconds(wait)) + milliseconds(p_messages * p_every_ms)
     WHERE "chatId" = p_chat AND kind = p_kind;
  END IF;
  RETURN wait;
END $$;
