import type { TranscriptionState } from '../../../src/domain/transcription.ts';
import type { Database } from '../../../src/store/client.ts';
import type { ModelLane } from './model.ts';
import type { Model } from './world.ts';

/** One user's lane with all its files, as the model and the database have to agree on it. */
export type Picture = ReturnType<typeof pictureOf>;

function pictureOf(user: number, lane: ModelLane) {
  const { active, fence, holder, leaseHours, nextSeq, lastEngine, files, counts } = lane;
  return {
    ...{ user, active: active?.id ?? null, fence, holder, leaseHours, nextSeq, lastEngine, ...counts },
    files: files.toSorted((a, b) => a.id - b.id),
  };
}

export function modelPictures(model: Model): Picture[] {
  return [...model.lanes].map(([user, lane]) => pictureOf(user, lane));
}

/** Reads the same from the database. A user who has never sent anything has an empty lane. */
export async function databasePictures(database: Database, users: readonly number[]): Promise<Picture[]> {
  const rows = await database.query<{ picture: Picture }[]>`
    SELECT jsonb_build_object('user', person, 'active', l."activeId", 'fence', COALESCE(l.fence, 0), 'holder', l.holder,
             'leaseHours', round(extract(epoch FROM l."leaseUntil" - clock_timestamp()) / 3600)::int,
             'nextSeq', COALESCE(l."nextSeq", 1), 'pending', COALESCE(l.pending, 0), 'open', COALESCE(l.open, 0),
             'openSeconds', COALESCE(l."openSeconds", 0), 'lastEngine', s."lastEngine", 'files', files) AS picture
      FROM unnest(${users}::bigint[]) AS person
      LEFT JOIN lane l ON l."userId" = person LEFT JOIN setting s ON s."userId" = person,
      LATERAL (SELECT COALESCE(jsonb_agg(jsonb_build_object('id', t.id, 'message', t."messageId",
               'seconds', t."announcedSeconds", 'seq', t.seq, 'state', t.state, 'engine', t.engine,
               'attempts', t.attempts, 'losses', (SELECT COALESCE(jsonb_object_agg(w.holder, w.alone), '{}')
                 FROM worker_loss w WHERE w."transcriptionId" = t.id),
               'cancelRequested', t."cancelRequestedAt" IS NOT NULL, 'error', t."errorCode",
               'hasTranscript', EXISTS (SELECT 1 FROM transcript WHERE "transcriptionId" = t.id),
               'told', (SELECT payload->>'kind' FROM delivery WHERE "transcriptionId" = t.id)) ORDER BY t.id), '[]') AS files
          FROM transcription t WHERE t."userId" = person) AS files
     ORDER BY person`;
  return rows.map(({ picture }) => picture);
}

/** Lets time pass: moves due times closer, which is the only effect of time on a lane. */
export async function passHours(database: Database, hours: number): Promise<void> {
  await database.execute`
    UPDATE lane SET "leaseUntil" = "leaseUntil" - make_interval(hours => ${hours}::int)`;
}

/** Returns the moves in the history, each once. */
export async function movesMade(
  database: Database,
): Promise<{ from: TranscriptionState; to: TranscriptionState }[]> {
  return database.query`
    SELECT DISTINCT "fromState"::text AS "from", "toState"::text AS "to" FROM state_change
     WHERE "fromState" IS NOT NULL`;
}

/**
 * Removes all users and files, so that the next file is the first. TRUNCATE writes new files for all tables and indexes,
 * which takes as long as a whole run of the model.
 */
export async function empty(database: Database): Promise<void> {
  await database.execute`DELETE FROM "user"`;
  await database.execute`DELETE FROM chat`;
  await database.query`SELECT setval(pg_get_serial_sequence('transcription', 'id'), 1, false)::int`;
}
