-- What is under way in a chat, in order. Without the condition on the sign: PostgreSQL took both for a narrower choice than
-- they are, and read the whole group.
CREATE INDEX transcription_chat_open ON transcription ("chatId", id)
  WHERE state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING');
DROP INDEX transcription_group_open;
