-- Telegram limits what a bot says in one chat, whichever of its processes says it: they take turns here.

-- Unlogged: after a crash of the server everybody begins with a full burst again, which costs a few refusals.
CREATE UNLOGGED TABLE chat_turn (
  "chatId" bigint NOT NULL,
  -- Sends and edits are limited each by itself.
  kind text NOT NULL,
  -- When the next message would be on time if there were no bursts.
  due timestamptz(3) NOT NULL,
  PRIMARY KEY ("chatId", kind)
);
CREATE INDEX chat_turn_due ON chat_turn (due);

-- Takes the next turn in a chat. -> how long until then, in ms; when that is longer than p_longest_ms nothing is taken
CREATE FUNCTION chat_turn_take(p_chat bigint, p_kind text, p_messages int, p_burst int, p_every_ms double precision,
                               p_longest_ms double precision) RETURNS double precision LANGUAGE plpgsql AS $$
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
  IF wait <= p_longest_ms THEN
    UPDATE chat_turn SET due = GREATEST(was, moment + milliseconds(wait)) + milliseconds(p_messages * p_every_ms)
     WHERE "chatId" = p_chat AND kind = p_kind;
  END IF;
  RETURN wait;
END $$;
