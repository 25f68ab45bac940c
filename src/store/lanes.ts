import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import type { Lanes } from '../app/ports/lanes.ts';
import type { Database } from './client.ts';
import { answerLeaseMs } from './deliveries.ts';
import {
  cancelSchema,
  chooseSchema,
  deleteSchema,
  finishSchema,
  type LaneSettings,
  nextSchema,
  requeueSchema,
  submitSchema,
  toOutcomeRecord,
  toUploadRecord,
  toUsageRecord,
  toWishesRecord,
} from './lane-records.ts';
import { jobSchema, stateSchema, tokenSchema, transcriptionSchema } from './rows.ts';
import { prepared, type Statement } from './statement.ts';
import { endViewSchema } from './stored-json.ts';

/** Time after which a transcription without a chosen engine is cancelled, in ms. */
const choosingMs = 30 * 86_400_000;

/**
 * Stores the lanes in PostgreSQL. The transactions are the functions in prisma/routines; this module
 * names their parameters and validates their results.
 */
export function createLanes(database: Database, settings: LaneSettings): Lanes {
  const { jobLeaseMs, dispatchMs, maxLosses, firstLossBackoffMs, historyMs } = settings;
  const call = async <T>(schema: z.ZodType<T>, statement: Statement): Promise<T> => {
    const rows = await database.query<{ result: unknown }[]>(statement);
    return schema.parse(rows[0]?.result);
  };
  return {
    submit(upload, wishes = {}) {
      const record = JSON.stringify({
        ...toUploadRecord(upload, settings),
        ...toWishesRecord(settings, wishes),
      });
      return call(
        submitSchema,
        upload.chat.type === 'private'
          ? prepared`SELECT lane_submit(${record}::jsonb) AS result`
          : prepared`SELECT group_submit(${record}::jsonb) AS result`,
      );
    },

    async setStatusMessage(id, messageId) {
      const set = await database.execute(
        prepared`UPDATE transcription t SET "statusMessageId" = ${messageId} WHERE id = ${id}
          AND NOT EXISTS (SELECT FROM burst b WHERE b.id = t."burstId" AND b."messageId" = ${messageId})`,
      );
      return set > 0;
    },

    async offerStatusMessage(id, messageId) {
      const taken = await database.execute(prepared`
        UPDATE transcription SET "statusMessageId" = ${messageId}
         WHERE id = ${id} AND ("statusMessageId" IS NULL OR "statusMessageId" = ${messageId})
           AND NOT EXISTS (SELECT FROM burst b WHERE b.id = "burstId" AND b.state <> 'SEPARATE')
           AND state::text IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING')`);
      return taken > 0;
    },

    choose: (id, userId, engine) =>
      call(
        chooseSchema,
        prepared`SELECT lane_choose(${id}::bigint, ${userId}::bigint, ${engine}, ${dispatchMs}) AS result`,
      ),

    claim: (token, holder) =>
      call(
        jobSchema.nullable(),
        prepared`SELECT lane_claim(${token.id}::bigint, ${token.fence}::int, ${holder}, ${jobLeaseMs}) AS result`,
      ),

    unclaim: (token, holder) =>
      call(
        tokenSchema.nullable(),
        prepared`SELECT lane_unclaim(${token.id}::bigint, ${token.fence}::int, ${holder}, ${dispatchMs}) AS result`,
      ),

    heartbeat: (job, progress = null) =>
      call(
        z.object({ held: z.boolean(), cancel: z.boolean() }),
        prepared`SELECT lane_heartbeat(${job.id}::bigint, ${job.fence}::int, ${jobLeaseMs},
          ${progress?.stage ?? null}::text, ${progress?.fraction ?? null}::real) AS result`,
      ),

    async checkJob(id) {
      const [row] = await database.query<{ isAsking: boolean | null; hasStatusMessage: boolean }[]>`
        SELECT "pickerUntil" > clock_timestamp() AS "isAsking", "statusMessageId" IS NOT NULL AS "hasStatusMessage"
          FROM transcription WHERE id = ${id} AND "cancelRequestedAt" IS NULL`;
      return {
        isWanted: row !== undefined,
        isAsking: row?.isAsking === true,
        hasStatusMessage: row?.hasStatusMessage === true,
      };
    },

    async setAsking(id, userId, forMs) {
      const changed = await database.execute`
        UPDATE transcription SET "pickerUntil" = clock_timestamp() + milliseconds(${forMs}::float8)
         WHERE id = ${id}::bigint AND "userId" = ${userId}::bigint AND state::text IN ('QUEUED', 'PROCESSING')
           AND "cancelRequestedAt" IS NULL`;
      return changed > 0;
    },

    finish: (job, outcome) =>
      call(
        finishSchema,
        prepared`SELECT lane_finish(${job.id}::bigint, ${job.fence}::int,
          ${JSON.stringify(toOutcomeRecord(job, outcome))}::jsonb, ${dispatchMs}, ${answerLeaseMs}) AS result`,
      ),

    findFinished: (job) =>
      call(
        finishSchema.nullable(),
        prepared`SELECT lane_finished(${job.id}::bigint, ${job.fence}::int) AS result`,
      ),

    requeue: (job, { error, backoffMs, countsAsAttempt, usage = null }) =>
      call(
        requeueSchema,
        prepared`SELECT lane_requeue(${job.id}::bigint, ${job.fence}::int, ${error?.code ?? null},
          ${error === null ? null : JSON.stringify(error.details)}::jsonb, ${backoffMs}, ${countsAsAttempt}, ${dispatchMs},
          ${JSON.stringify(toUsageRecord(usage))}::jsonb) AS result`,
      ),

    cancel: (id, userId) =>
      call(
        cancelSchema,
        prepared`SELECT lane_cancel(${id}::bigint, ${userId}::bigint, ${dispatchMs}) AS result`,
      ),

    forceRelease: (userId) =>
      call(
        z.object({ state: stateSchema.nullable(), token: nextSchema }),
        prepared`SELECT lane_force_release(${userId}::bigint, ${dispatchMs}) AS result`,
      ),

    reopen: (id, userId, choose) =>
      call(
        chooseSchema,
        prepared`SELECT lane_reopen(${id}::bigint, ${userId}::bigint, ${choose}, ${dispatchMs}) AS result`,
      ),

    delete: (id, userId) =>
      call(
        deleteSchema,
        prepared`SELECT lane_delete(${id}::bigint, ${userId}::bigint, ${dispatchMs}) AS result`,
      ),

    find: (id, userId) =>
      call(
        transcriptionSchema.nullable(),
        prepared`SELECT (SELECT to_jsonb(t) || jsonb_build_object('languageCode', u."languageCode")
            FROM transcription t JOIN "user" u ON u.id = t."userId"
           WHERE t.id = ${id}::bigint AND t."userId" = ${userId}::bigint) AS result`,
      ),

    async findEnding(id) {
      const [row] = await database.query<EndingRow[]>`
        SELECT t.state, d.payload AS view, d."sentAt" IS NOT NULL AS "isSent", t."statusMessageId" AS "messageId"
          FROM transcription t
          LEFT JOIN delivery d ON d."transcriptionId" = t.id AND d.kind = 'status' AND d.part = 0
         WHERE t.id = ${id}`;
      if (row === undefined) return { view: { kind: 'deleted' }, isShown: true };
      const state = stateSchema.parse(row.state);
      if (state !== 'COMPLETED' && state !== 'FAILED' && state !== 'CANCELLED') return null;
      // A transcription that no worker holds is cancelled without a delivery.
      const { messageId } = row;
      if (row.view === null) return { view: { kind: 'cancelled' }, isShown: true, messageId };
      return { view: endViewSchema.parse(row.view), isShown: row.isSent, messageId };
    },

    sweep: () =>
      call(
        z.array(tokenSchema),
        // Leases that ran out while the server was down are not taken over before their holders had time to renew them.
        sql`SELECT CASE WHEN clock_timestamp() < pg_postmaster_start_time() + milliseconds(${renewalMs})
          THEN '[]'::jsonb
          ELSE lane_sweep(${sweepLimit}::int, ${dispatchMs}, ${maxLosses}::int, ${firstLossBackoffMs}) END AS result`,
      ),

    async listOpen(userId, limit) {
      const files = await call(z.array(transcriptionSchema), openQuery(userId, limit));
      return files.map((file, before) => ({ ...file, before }));
    },

    listQueued: (engine, limit) =>
      call(
        z.array(transcriptionSchema),
        sql`SELECT COALESCE(jsonb_agg(row), '[]') AS result FROM (
          SELECT to_jsonb(t) || jsonb_build_object('languageCode', u."languageCode") AS row
            FROM transcription t JOIN "user" u ON u.id = t."userId"
           WHERE t.state = 'QUEUED' AND t.engine = ${engine} ORDER BY t."queuedAt" LIMIT ${limit}::int) AS rows`,
      ),

    listQueuedTokens: (engine, limit) =>
      call(
        z.array(tokenSchema),
        sql`SELECT COALESCE(jsonb_agg(lane_token(id, fence, engine)), '[]') AS result FROM (
          SELECT t.id, l.fence, t.engine FROM transcription t JOIN lane l ON l."activeId" = t.id
           WHERE t.state = 'QUEUED' AND t.engine = ${engine} AND t."runAfter" <= now()
           ORDER BY t."queuedAt" LIMIT ${limit}::int) AS rows`,
      ),

    leaseUnshown: (limit) =>
      call(z.array(transcriptionSchema), sql`SELECT choosing_unshown(${limit}::int) AS result`),

    prune: (limit) =>
      call(z.number(), sql`SELECT lane_prune(${limit}::int, ${historyMs}, ${choosingMs}) AS result`),
  };
}

type EndingRow = {
  readonly state: unknown;
  readonly view: unknown;
  readonly isSent: boolean;
  readonly messageId: number | null;
};

/** Is true when `sweep` would find a lane: the conditions of the routine lane_sweep. */
export const isSweepDue = () => sql`
  (SELECT min("leaseUntil") FROM lane WHERE "activeId" IS NOT NULL) < now()
  OR (SELECT min("userId") FROM lane WHERE "activeId" IS NULL AND pending > 0) IS NOT NULL`;

/** Is true when `leaseUnshown` would find a transcription: the condition of the routine choosing_unshown. */
export const isPickerDue = () => sql`
  (SELECT min("runAfter") FROM transcription WHERE state = 'CHOOSING' AND "statusMessageId" IS NULL) <= now()`;

/**
 * Time after a start of the database server in which the sweep takes no transcription from its
 * worker, in ms. Workers retry several times a second (retry-database.ts).
 */
const renewalMs = 2_000;

/** Maximum number of lanes repaired by one sweep; the others wait for the next. */
const sweepLimit = 100;

/**
 * Returns the query for a user's open transcriptions: the active one, the waiting ones, and those without an engine. It
 * reads each state by itself and repeats all of them in one condition, because the partial index that holds lanes in
 * order (`transcription_line`) covers exactly these states.
 */
function openQuery(userId: number, limit: number): Sql {
  return sql`SELECT COALESCE(jsonb_agg(row ORDER BY place, seq), '[]') AS result FROM (
    SELECT place, seq, to_jsonb(t) || jsonb_build_object('languageCode',
             (SELECT u."languageCode" FROM "user" u WHERE u.id = t."userId")) AS row
      FROM (VALUES (1, 'PROCESSING'), (1, 'QUEUED'), (2, 'PENDING'), (3, 'CHOOSING')) AS part(place, state),
           LATERAL (SELECT * FROM transcription
                     WHERE "userId" = ${userId}::bigint AND state = part.state::transcription_state
                       AND state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING')
                     ORDER BY seq LIMIT ${limit}::int) AS t
     ORDER BY place, seq LIMIT ${limit}::int) AS rows`;
}
