import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Bursts } from '../../app/ports/bursts.ts';
import { engineIds } from '../../domain/engine-names.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { Database } from '../../store/client.ts';
import { maxReusedSeconds, pickerOverdueMs } from '../../store/lane-records.ts';
import { tokenSchema, transcriptionSchema } from '../../store/rows.ts';
import { prepared } from '../../store/statement.ts';
import { parseStoredTranscript } from '../../store/transcripts.ts';

/** Maximum number of uploads in a burst; further ones begin another, so that its document stays readable. */
const maxFiles = 100;

/** Time for which a process has the right to update a message, in ms; longer than a call of the Bot API takes. */
const burstLeaseMs = 30_000;

/** Is true when `leaseDue` would find a burst. */
export const isBurstDue = () => sql`
  (SELECT min("updateAfter") FROM burst WHERE "updateAfter" IS NOT NULL) <= now()`;

/** Is true when a burst is due soon. */
export const isBurstAhead = () => sql`
  (SELECT min("updateAfter") FROM burst WHERE "updateAfter" IS NOT NULL) <= now() + interval '5 seconds'`;

/**
 * Stores bursts in PostgreSQL. The transactions that change transcriptions are functions in prisma/routines
 * (`burst_…`).
 * @param maxGapMs maximum time between two uploads of the same burst, in ms; 0: there are no bursts
 * @param dispatchMs time after which a token that no worker claimed is sent again, in ms
 */
export function createBursts(
  database: Database,
  { maxGapMs, dispatchMs }: { readonly maxGapMs: number; readonly dispatchMs: number },
): Bursts {
  const read = async (statement: Parameters<Database['query']>[0]) => {
    const rows = await database.query<{ result: unknown }[]>(statement);
    return rows[0]?.result ?? null;
  };
  return {
    async add(id, userId, msSincePrevious) {
      // Most uploads come alone, and cost no query here.
      if (maxGapMs === 0 || msSincePrevious === null || msSincePrevious > maxGapMs) return null;
      const burst = await read(prepared`
        SELECT burst_add(${id}::bigint, ${userId}::bigint, ${maxGapMs}, ${maxFiles}::int) AS result`);
      return burst === null ? null : Number(burst);
    },

    async listTranscripts(burst) {
      const rows = await database.query<{ file: unknown; transcript: unknown }[]>`
        SELECT to_jsonb(t) || jsonb_build_object('languageCode', u."languageCode",
                 'senderName', COALESCE(t."senderName", u."firstName")) AS file, to_jsonb(tr) AS transcript
          FROM transcription t JOIN "user" u ON u.id = t."userId" JOIN transcript tr ON tr."transcriptionId" = t.id
         WHERE t."burstId" = ${burst}::bigint ORDER BY t."sentAt", t.id`;
      return rows.flatMap(({ file, transcript }) => {
        const transcription: Transcription = transcriptionSchema.parse(file);
        const stored = parseStoredTranscript(transcriptSchema.parse(transcript));
        const senderName = transcription.senderName ?? '';
        return stored === null ? [] : [{ transcription, stored, senderName }];
      });
    },

    async leaseDue(limit) {
      const rows = await database.query<LeaseRow[]>`
        UPDATE burst SET "updateAfter" = now() + milliseconds(${burstLeaseMs})
         WHERE id IN (SELECT id FROM burst WHERE "updateAfter" <= now()
                       ORDER BY "updateAfter" LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)
        RETURNING id, "updateAfter"::text AS "leasedUntil"`;
      return rows.map(({ id, leasedUntil }) => ({ id: Number(id), leasedUntil }));
    },

    async lease(id, userId) {
      const [row] = await database.query<LeaseRow[]>`
        UPDATE burst SET "updateAfter" = now() + milliseconds(${burstLeaseMs})
         WHERE id = ${id}::bigint AND "userId" = ${userId}::bigint AND state <> 'SEPARATE'
        RETURNING id, "updateAfter"::text AS "leasedUntil"`;
      return row === undefined ? null : { id: Number(row.id), leasedUntil: row.leasedUntil };
    },

    async read(id) {
      return burstSchema.nullable().parse(await read(sql`SELECT burst_read(${id}::bigint) AS result`));
    },

    async recordShown({ id, leasedUntil }, messageId, shown, continues) {
      // Another process may have leased the burst since and shown something newer, which this message covers. The burst is
      // then due again.
      await database.execute`
        UPDATE burst SET "messageId" = ${messageId}::int, shown = ${shown}, "shownAt" = now(), "updateAfter" = CASE
                 WHEN "updateAfter" = ${leasedUntil}::timestamptz AND NOT ${continues}::boolean THEN NULL
                 WHEN "updateAfter" < ${leasedUntil}::timestamptz THEN GREATEST("updateAfter", now() + burst_update_interval(burst))
                 ELSE now() + burst_update_interval(burst) END
         WHERE id = ${id}::bigint AND state <> 'SEPARATE'`;
    },

    async postpone({ id, leasedUntil }) {
      await database.execute`
        UPDATE burst SET "updateAfter" = now() + burst_update_interval(burst)
         WHERE id = ${id}::bigint AND "updateAfter" = ${leasedUntil}::timestamptz`;
    },

    async remove(id) {
      await database.execute`
        DELETE FROM burst WHERE id = ${id}::bigint
           AND NOT EXISTS (SELECT FROM transcription WHERE "burstId" = ${id}::bigint)`;
    },

    async choose(id, userId, engine) {
      return choiceSchema.parse(
        await read(sql`
          SELECT burst_choose(${id}::bigint, ${userId}::bigint, ${engine}, ${dispatchMs}, ${maxReusedSeconds}::float8) AS result`),
      );
    },

    async cancel(id, userId) {
      return cancelledSchema
        .nullable()
        .parse(
          await read(sql`SELECT burst_cancel(${id}::bigint, ${userId}::bigint, ${dispatchMs}) AS result`),
        );
    },

    async separate(id, userId) {
      return separatedSchema
        .nullable()
        .parse(
          await read(
            sql`SELECT burst_separate(${id}::bigint, ${userId}::bigint, ${pickerOverdueMs}) AS result`,
          ),
        );
    },

    async bundle(id, userId) {
      return (await read(sql`SELECT burst_bundle(${id}::bigint, ${userId}::bigint) AS result`)) === true;
    },
  };
}

type LeaseRow = { readonly id: bigint; readonly leasedUntil: string };

const burstSchema = z
  .object({
    id: z.number(),
    userId: z.number(),
    messageId: z.number().nullable(),
    state: z.enum(['TOGETHER', 'SEPARATE', 'BUNDLING', 'BUNDLED']),
    isShown: z.boolean(),
    shown: z.string().nullable(),
    // An engine that this version does not know counts as no choice.
    lastEngine: z.enum(engineIds).nullable().catch(null),
    offersBundles: z.boolean(),
    seconds: z.number().nullable(),
    first: transcriptionSchema.nullable(),
    active: z
      .object({
        engine: z.enum(engineIds),
        state: z.string(),
        stage: z.enum(['download', 'decode', 'transcribe', 'speakers']).nullable().catch(null),
        fraction: z.number().nullable(),
      })
      .nullable(),
    choosing: z.number(),
    waiting: z.number(),
    running: z.number(),
    done: z.number(),
    failed: z.number(),
    cancelled: z.number(),
  })
  .transform(({ active, choosing, waiting, running, done, failed, cancelled, ...burst }) => ({
    ...burst,
    counts: { choosing, waiting, running, done, failed, cancelled },
    active: active && {
      engine: active.engine,
      isRunning: active.state === 'PROCESSING',
      progress: active.stage === null ? null : { stage: active.stage, fraction: active.fraction },
    },
  }));

const nextSchema = tokenSchema.nullable();

const choiceSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('chosen'), next: nextSchema, reusable: z.array(transcriptionSchema) }),
  z.object({ outcome: z.literal('already') }),
  z.object({ outcome: z.literal('unknown') }),
]);

const cancelledSchema = z.object({ ended: z.number(), requested: z.number(), next: nextSchema });

const separatedSchema = z.object({ messageId: z.number().nullable(), files: z.array(transcriptionSchema) });

const transcriptSchema = z.object({
  engine: z.string(),
  durationSeconds: z.number(),
  language: z.string().nullable(),
  languageProbability: z.number().nullable(),
  segments: z.unknown(),
});
