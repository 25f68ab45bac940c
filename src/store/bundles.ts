import { z } from 'zod';
import type { Bundles } from '../app/bundles.ts';
import type { Transcription } from '../domain/transcription.ts';
import type { Database } from './client.ts';
import { transcriptionSchema } from './rows.ts';
import { storedTranscript } from './transcripts.ts';

/** Maximum time between two uploads of the same bundle, in ms. */
const togetherMs = 60_000;

/**
 * Maximum number of uploads in a bundle; further ones make the next bundle, so that a document
 * stays readable.
 */
const maxFiles = 100;

/** Time after which an unanswered offer lapses, in ms. */
const offerMs = 60 * 60_000;

/** Pause before deleting a lapsed offer is retried, in ms. */
const retryMs = 60_000;

/** Stores bundles in PostgreSQL. */
export function createBundles(database: Database): Bundles {
  return {
    async consider(id, userId) {
      const rows = await database.$queryRaw<{ result: bigint | null }[]>`
        SELECT bundle_consider(${id}::bigint, ${userId}::bigint, ${togetherMs}, ${maxFiles}::int) AS result`;
      const found = rows[0]?.result ?? null;
      return found === null ? null : Number(found);
    },

    async join(bundle, userId) {
      const rows = await database.$queryRaw<{ result: unknown }[]>`
        SELECT bundle_join(${bundle}::bigint, ${userId}::bigint) AS result`;
      return joinedSchema.parse(rows[0]?.result ?? null)?.choosing ?? null;
    },

    async decline(bundle, userId) {
      const { count } = await database.bundle.updateMany({
        where: { id: bundle, userId, state: 'OFFERED' },
        data: { state: 'DECLINED' },
      });
      return count > 0;
    },

    async offered(bundle, messageId) {
      // The uploads may have been deleted while the offer was sent; it is then due at once.
      await database.$executeRaw`
        UPDATE bundle SET "messageId" = ${messageId}::int, "offerLapsesAt" = now() + milliseconds(
                 CASE WHEN (SELECT count(*) FROM transcription WHERE "bundleId" = bundle.id) < 2 THEN 0 ELSE ${offerMs} END)
         WHERE id = ${bundle}::bigint AND state IN ('OFFERED', 'JOINED')`;
    },

    async settled(bundle) {
      await database.bundle.updateMany({
        where: { id: bundle },
        data: { messageId: null, offerLapsesAt: null },
      });
    },

    async lapsed(limit) {
      const rows = await database.$queryRaw<{ result: unknown }[]>`
        SELECT bundle_lapsed(${limit}::int, ${offerMs}, ${retryMs}) AS result`;
      return z.array(lapsedSchema).parse(rows[0]?.result);
    },

    async transcripts(bundle) {
      const rows = await database.$queryRaw<{ file: unknown; transcript: unknown }[]>`
        SELECT to_jsonb(t) || jsonb_build_object('languageCode', u."languageCode",
                 'senderName', COALESCE(t."senderName", u."firstName")) AS file, to_jsonb(tr) AS transcript
          FROM transcription t JOIN "user" u ON u.id = t."userId" JOIN transcript tr ON tr."transcriptionId" = t.id
         WHERE t."bundleId" = ${bundle}::bigint ORDER BY t."sentAt", t.id`;
      return rows.flatMap(({ file, transcript }) => {
        const transcription: Transcription = transcriptionSchema.parse(file);
        const stored = storedTranscript(transcriptSchema.parse(transcript));
        const senderName = transcription.senderName ?? '';
        return stored === null ? [] : [{ transcription, stored, senderName }];
      });
    },
  };
}

const joinedSchema = z.object({ choosing: z.array(transcriptionSchema) }).nullable();

const lapsedSchema = z.object({ id: z.number(), userId: z.number(), messageId: z.number() });

const transcriptSchema = z.object({
  engine: z.string(),
  durationSeconds: z.number(),
  language: z.string().nullable(),
  languageProbability: z.number().nullable(),
  segments: z.unknown(),
});
