import type pg from 'pg';

/** Users whose lanes are full. */
export type FullLanes = {
  /** The first user's id; the others' follow. */
  readonly from: number;
  readonly users: number;
  /** Files of each user that have ended. */
  readonly ended: number;
  /** Files of each user that have not ended: the first is QUEUED, the rest are PENDING. */
  readonly open: number;
};

/**
 * Writes files straight into the tables, as the lane's functions would have left them, but millions in a
 * minute: without triggers and with a month until any lease lapses.
 */
export async function fillLanes(client: pg.Client, { from, users, ended, open }: FullLanes): Promise<void> {
  const ids = `generate_series(${from}, ${from + users - 1}) AS user_id`;
  const files = ended + open;
  await client.query(`
    BEGIN;
    SET LOCAL session_replication_role = replica;
    INSERT INTO "user" (id, "firstName") SELECT user_id, 'سارا' FROM ${ids};
    INSERT INTO chat (id, type) SELECT user_id, 'private' FROM ${ids};
    INSERT INTO setting ("userId", "lastEngine") SELECT user_id, 'local' FROM ${ids};
    -- File by file, as they come in from everybody, not user by user.
    INSERT INTO transcription ("userId", seq, state, "uploadKey", "chatId", "messageId", kind, "fileId", "fileUniqueId",
                               "announcedSeconds", "sentAt", engine, "finishedAt", "queuedAt")
    SELECT user_id, seq, (CASE WHEN seq <= ${ended} THEN 'COMPLETED' WHEN seq = ${ended + 1} THEN 'QUEUED' ELSE 'PENDING'
           END)::transcription_state, 'full:' || user_id || ':' || seq, user_id, seq, 'voice', 'file', 'unique:' || user_id || ':' || seq, 11, now(),
           'local', CASE WHEN seq <= ${ended} THEN now() END, CASE WHEN seq = ${ended + 1} THEN now() END
      FROM generate_series(1, ${files}) AS seq, ${ids} ORDER BY seq, user_id;
    INSERT INTO lane ("userId", "activeId", fence, "leaseUntil", "nextSeq", pending, open, "openSeconds")
    SELECT "userId", id, 1, now() + interval '30 days', ${files + 1}, ${open - 1}, ${open}, ${open * 11}
      FROM transcription WHERE "userId" BETWEEN ${from} AND ${from + users - 1} AND state = 'QUEUED';
    INSERT INTO state_change ("transcriptionId", "userId", "toState")
    SELECT id, "userId", state FROM transcription WHERE "userId" BETWEEN ${from} AND ${from + users - 1};
    WITH transcribed AS (
      INSERT INTO transcript ("transcriptionId", engine, "durationSeconds", text, segments)
      SELECT id, engine, 11, 'سلام', '[]' FROM transcription
       WHERE "userId" BETWEEN ${from} AND ${from + users - 1} AND state = 'COMPLETED' RETURNING "transcriptionId" AS id
    ), words AS (
      INSERT INTO search ("transcriptionId", words)
      SELECT id, array_to_tsvector(ARRAY["userId" || ':سلام']) FROM transcribed JOIN transcription USING (id)
    ), corrections AS (
      INSERT INTO correction ("transcriptionId", pairs, before, places) SELECT id, '[]', '[]', '{0}' FROM transcribed
    ), messages AS (
      INSERT INTO answer_message ("chatId", "messageId", "transcriptionId", kind)
      SELECT "chatId", 100000 + seq, id, 'text' FROM transcribed JOIN transcription USING (id)
    ), parts AS (
      INSERT INTO chunk ("transcriptionId", "startMs", "endMs", engine, transcript)
      SELECT id, 0, 11000, 'local', '{"from": 0, "to": 11, "language": null, "languageProbability": null, "segments": [], "cost": null}' FROM transcribed
    )
    INSERT INTO delivery ("transcriptionId", kind, part, payload, "sentAt") SELECT id, 'text', 0, '{"text": "سلام"}', now() FROM transcribed;
    COMMIT`);
}
