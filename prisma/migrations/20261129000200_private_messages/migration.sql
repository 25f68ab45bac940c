-- Messages of the bot in private chats that hold a person's words and belong to no file (their glossary, their history),
-- so that "delete everything" can take them back. Telegram deletes none that is older than two days.
CREATE TABLE private_message (
  "userId" bigint NOT NULL REFERENCES "user"(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "messageId" int NOT NULL,
  "sentAt" timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY ("userId", "messageId")
);
