-- Engines that an admin has paused: workers take no new files of them.
CREATE TABLE engine_pause (
  engine text PRIMARY KEY,
  "pausedById" bigint NOT NULL,
  since timestamptz(3) NOT NULL DEFAULT now()
);
