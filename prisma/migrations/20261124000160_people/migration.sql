-- People for admins, whoever was here last first.
CREATE INDEX user_seen ON "user" ((COALESCE("lastSeenAt", "createdAt")) DESC, id DESC);
