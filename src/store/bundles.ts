import { z } from 'zod';
import type { Bundles } from '../app/bundles.ts';
import type { Transcription } from '../domain/transcription.ts';
import type { Database } from './client.ts';
import { transcriptionSchema } from './rows.ts';
import { storedTranscript } from './transcripts.ts';

/** Who sends the next one within this long goes on speaking, in milliseconds. */
const togetherMs = 60_000;

/** More make the next bundle: a document has an end. */
const mostFiles = 100;

/** Recordings that came together, on PostgreSQL. */
export function createBundles(database: Database): Bundles {
  return {
    async consider(id, userId) {
      const rows = await database.$queryRaw<{ result: bigint | null }[]>`
        SELECT bundle_consider(${id}::bigint, ${userId}::bigint, ${togetherMs}, ${mostFiles}::int) AS result`;
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

const transcriptSchema = z.object({
  engine: z.string(),
  durationSeconds: z.number(),
  language: z.string().nullable(),
  languageProbability: z.number().nullable(),
  segments: z.unknown(),
});
