import sql from 'sql-template-tag';
import { z } from 'zod';
import type { BundledTranscript, LapsedOffer } from '../../app/ports/bundles.ts';
import type { BundleId, BundleRule } from '../../domain/bundle.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Transcription } from '../../domain/transcription.ts';
import type { Database } from '../../store/client.ts';
import { transcriptionSchema } from '../../store/rows.ts';
import { parseStoredTranscript } from '../../store/transcripts.ts';

/** Uploads within a minute; at most 100 in a bundle, so that a document stays readable. Further ones make the next bundle. */
export const bundleRule: BundleRule = { withinMs: 60_000, maxFiles: 100 };

/** Time after which an unanswered offer lapses, in ms. */
const offerMs = 60 * 60_000;

/** Pause before deleting a lapsed offer is retried, in ms. */
const retryMs = 60_000;

/** Is true when `lapsed` would take an offer: the condition of the routine bundle_lapsed. */
export const isOfferDue = () => sql`
  (SELECT min("offerLapsesAt") FROM bundle WHERE "offerLapsesAt" IS NOT NULL) <= now()`;

export type Bundles = ReturnType<typeof createBundles>;

/**
 * Stores bundles in PostgreSQL: uploads that came together. A second upload within a minute creates a bundle (the routine
 * bundle_consider), which is offered once; uploads that follow within a minute belong to it. When the user accepts, one
 * engine is picked for all of them, each is transcribed in order without an answer of its own, and the document is sent
 * with the last one. When the user declines or does not decide, each upload gets its own answer.
 */
export function createBundles(database: Database) {
  return {
    /**
     * Accepts one document. Resolves to the transcriptions without an engine, in the order in which they were sent; null
     * when the decision was made before.
     */
    async accept(bundle: BundleId, userId: UserId): Promise<readonly Transcription[] | null> {
      const rows = await database.query<{ result: unknown }[]>`
        SELECT bundle_accept(${bundle}::bigint, ${userId}::bigint) AS result`;
      return acceptedSchema.parse(rows[0]?.result ?? null)?.choosing ?? null;
    },

    /**
     * Declines one document, so that each upload gets its own answer. Resolves to false when the decision was made
     * before.
     */
    async decline(bundle: BundleId, userId: UserId): Promise<boolean> {
      const declined = await database.execute`
        UPDATE bundle SET state = 'DECLINED'
         WHERE id = ${bundle}::bigint AND "userId" = ${userId}::bigint AND state = 'OFFERED'`;
      return declined > 0;
    },

    /** Notes that the offer stands in the user's private chat; it lapses after an hour. */
    async offered(bundle: BundleId, messageId: number): Promise<void> {
      // The uploads may have been deleted while the offer was sent; it is then due at once.
      await database.execute`
        UPDATE bundle SET "messageId" = ${messageId}::int, "offerLapsesAt" = now() + milliseconds(
                 CASE WHEN (SELECT count(*) FROM transcription WHERE "bundleId" = bundle.id) < 2 THEN 0 ELSE ${offerMs} END)
         WHERE id = ${bundle}::bigint AND state IN ('OFFERED', 'ACCEPTED')`;
    },

    async settle(bundle: BundleId): Promise<void> {
      await database.execute`
        UPDATE bundle SET "messageId" = NULL, "offerLapsesAt" = NULL WHERE id = ${bundle}::bigint`;
    },

    async lapsed(limit: number): Promise<readonly LapsedOffer[]> {
      const rows = await database.query<{ result: unknown }[]>`
        SELECT bundle_lapsed(${limit}::int, ${offerMs}, ${retryMs}) AS result`;
      return z.array(lapsedSchema).parse(rows[0]?.result);
    },

    async transcripts(bundle: BundleId): Promise<readonly BundledTranscript[]> {
      const rows = await database.query<{ file: unknown; transcript: unknown }[]>`
        SELECT to_jsonb(t) || jsonb_build_object('languageCode', u."languageCode",
                 'senderName', COALESCE(t."senderName", u."firstName")) AS file, to_jsonb(tr) AS transcript
          FROM transcription t JOIN "user" u ON u.id = t."userId" JOIN transcript tr ON tr."transcriptionId" = t.id
         WHERE t."bundleId" = ${bundle}::bigint ORDER BY t."sentAt", t.id`;
      return rows.flatMap(({ file, transcript }) => {
        const transcription: Transcription = transcriptionSchema.parse(file);
        const stored = parseStoredTranscript(transcriptSchema.parse(transcript));
        const senderName = transcription.senderName ?? '';
        return stored === null ? [] : [{ transcription, stored, senderName }];
      });
    },
  };
}

const acceptedSchema = z.object({ choosing: z.array(transcriptionSchema) }).nullable();

const lapsedSchema = z.object({ id: z.number(), userId: z.number(), messageId: z.number() });

const transcriptSchema = z.object({
  engine: z.string(),
  durationSeconds: z.number(),
  language: z.string().nullable(),
  languageProbability: z.number().nullable(),
  segments: z.unknown(),
});
