-- Where a session was used last, so that an admin knows their own from somebody else's.
ALTER TABLE admin_session ADD COLUMN address text;
