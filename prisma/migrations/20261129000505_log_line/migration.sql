-- The latest log lines of all processes, for the admin page: warnings and errors, and what is about a file.
CREATE TABLE log_line (
  id bigserial PRIMARY KEY,
  at timestamptz(3) NOT NULL,
  -- Which process: its role, machine and number.
  process text NOT NULL,
  -- As pino has it: 30 info, 40 warning, 50 error.
  level smallint NOT NULL,
  -- Lines of a file go with it.
  "transcriptionId" bigint REFERENCES transcription (id) ON DELETE CASCADE,
  message text NOT NULL,
  details text NOT NULL
);
CREATE INDEX log_line_file ON log_line ("transcriptionId", id) WHERE "transcriptionId" IS NOT NULL;
CREATE INDEX log_line_warnings ON log_line (id) WHERE level >= 40;
