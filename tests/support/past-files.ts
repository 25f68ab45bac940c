import type pg from 'pg';
import { engineIds } from '../../src/domain/engine-names.ts';
import { mediaKinds } from '../../src/domain/transcription.ts';

/** A bot's history. */
export type Past = {
  readonly files: number;
  /** Number of users, with ids from 1 on; a prime number spreads the files evenly. */
  readonly users: number;
  /** Days over which the files came, evenly, until now. */
  readonly days: number;
};

/** Files under way; the rest has ended, 18 of 20 as COMPLETED. */
const underWay = 400;
/** Those of them that are PROCESSING. */
const running = 8;

/** Cost of a file that has one: a power of two, so that sums are the same in any order. */
const price = 2 ** -7;

/**
 * Writes a history straight into the tables, as the lane's functions and the worker would have left it, but
 * millions of files in minutes: every engine and kind, names of files and users, failures, costs, ratings and
 * an audit log.
 */
export async function fillPast(client: pg.Client, { files, users, days }: Past): Promise<void> {
  const textArray = (values: readonly string[]) => `ARRAY[${values.map((value) => `'${value}'`).join(', ')}]`;
  const engines = textArray(engineIds);
  await client.query(`
    BEGIN;
    SET LOCAL session_replication_role = replica;
    INSERT INTO "user" (id, "firstName", "lastName", username, "createdAt", "lastSeenAt", role)
    SELECT id, 'Person', 'No. ' || id, 'person_' || id, now() - interval '${days} days', now() - id % ${days} * interval '1 day',
           (CASE WHEN id % 5000 = 1 THEN 'ADMIN' ELSE 'USER' END)::role FROM generate_series(1, ${users}) AS id;
    INSERT INTO chat (id, type) SELECT id, 'private' FROM "user";
    INSERT INTO transcription ("userId", seq, state, "uploadKey", "chatId", "messageId", kind, "fileId", "fileUniqueId",
      "fileName", "announcedSeconds", "sentAt", engine, "createdAt", "startedAt", "finishedAt", "errorCode", attempts)
    SELECT 1 + n * 7919 % ${users}, n,
           (CASE WHEN n > ${files - running} THEN 'PROCESSING' WHEN n > ${files - underWay} THEN 'PENDING'
                 WHEN n % 20 = 0 THEN 'FAILED' WHEN n % 20 = 1 THEN 'CANCELLED' ELSE 'COMPLETED' END)::transcription_state,
           'past:' || n, 1 + n * 7919 % ${users}, n, (${textArray(mediaKinds)})[1 + n % ${mediaKinds.length}], 'file', 'unique',
           CASE WHEN n % 3 = 0 THEN 'meeting ' || n || '.mp3' END, 60, at, (${engines})[1 + n % ${engineIds.length}], at,
           CASE WHEN n <= ${files - underWay} OR n > ${files - running} THEN at + n % 60 * interval '1 second' END,
           CASE WHEN n <= ${files - underWay} THEN at + interval '2 minutes' END,
           CASE WHEN n % 20 = 0 THEN 'engine_failed' END, 1
      FROM (SELECT n, now() - interval '3 minutes' - (${files} - n) * (interval '${days} days' / ${files}) AS at
              FROM generate_series(1::bigint, ${files}) AS n) AS arrived;
    INSERT INTO depth (state, engine, files)
    SELECT state, engine, count(*) FROM transcription WHERE "finishedAt" IS NULL GROUP BY state, engine;
    INSERT INTO lane ("userId", "activeId", fence, holder, "leaseUntil", "nextSeq", pending, open)
    SELECT u.id, t.id, 1, CASE WHEN t.id IS NOT NULL THEN 'a worker' END, now() + interval '30 days', ${files + 1}, 0, 1
      FROM "user" u LEFT JOIN transcription t ON t."userId" = u.id AND t.state = 'PROCESSING';
    INSERT INTO state_change ("transcriptionId", "userId", "toState", at)
    SELECT id, "userId", 'PENDING', "createdAt" FROM transcription;
    INSERT INTO state_change ("transcriptionId", "userId", "fromState", "toState", at)
    SELECT id, "userId", 'PROCESSING', state, "finishedAt" FROM transcription WHERE "finishedAt" IS NOT NULL;
    INSERT INTO usage ("transcriptionId", "userId", engine, "audioSeconds", "sentSeconds", "downloadMs", "decodeMs", "transcribeMs",
                       cost, currency, "endedAt")
    SELECT id, "userId", engine, 60, 60, 100, 100, 5000 + id % 1000, CASE WHEN engine <> 'local' THEN ${price} END,
           CASE WHEN engine = 'local' THEN NULL WHEN engine IN ('openai', 'elevenlabs') THEN 'USD' ELSE 'IRT' END, "finishedAt"
      FROM transcription WHERE state = 'COMPLETED';
    INSERT INTO feedback ("transcriptionId", "userId", good, engine, language, at)
    SELECT id, "userId", id % 7 > 0, engine, CASE WHEN id % 4 = 0 THEN 'en' ELSE 'fa' END, "finishedAt"
      FROM transcription WHERE state = 'COMPLETED' AND id % 10 = 5;
    INSERT INTO audit ("actorId", action, subject, at)
    SELECT 1, 'quota', (1 + n % ${users})::text, now() FROM generate_series(1, ${Math.ceil(files / 50)}) AS n;
    INSERT INTO engine_test (engine, "askedById", "askedAt", "takenAt", "endedAt", text)
    SELECT (${engines})[1 + n % ${engineIds.length}], 1, now() - interval '1 day', now(), now(), 'سلام' FROM generate_series(1, 5000) AS n;
    INSERT INTO backup ("startedAt", "endedAt", bytes, rows, host, file)
    SELECT at, at + interval '1 minute', 1000000 + n, 1000 * n, 'a machine', '/backups/' || n || '.dabir-backup'
      FROM (SELECT n, now() - (5000 - n) * interval '1 day' AS at FROM generate_series(1, 5000) AS n) AS made;
    COMMIT`);
  await client.query('VACUUM ANALYZE');
}
