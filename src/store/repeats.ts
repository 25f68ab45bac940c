import { z } from 'zod';
import type { Repeats } from '../app/ports/repeats.ts';
import type { Database } from './client.ts';
import { chooseSchema, type LaneSettings, limitsOf, submitSchema } from './lane-records.ts';
import { documentChoiceSchema, transcriptionSchema } from './rows.ts';
import { prepared } from './statement.ts';
import { segmentsSchema } from './stored-json.ts';

/**
 * Maximum duration of an upload whose earlier transcript is reused, in seconds. A longer transcript
 * is too large to be processed between two updates.
 */
const maxReusedSeconds = 4 * 3600;

/** Reuses earlier transcripts of the same upload, in PostgreSQL. */
export function createRepeats(database: Database, settings: LaneSettings): Repeats {
  return {
    async copy(id, userId, language) {
      const rows = await database.query<{ result: unknown }[]>`
        SELECT lane_copy(${id}::bigint, ${userId}::bigint, ${JSON.stringify(limitsOf(settings))}::jsonb) AS result`;
      const copy = copySchema.parse(rows[0]?.result);
      if (language === undefined || (copy.outcome !== 'accepted' && copy.outcome !== 'already')) return copy;
      // A process that dies before this leaves a copy that asks for an engine, in the first language.
      const changed = await database.query<{ id: bigint; statusMessageId: number | null }[]>`
        UPDATE transcription SET language = ${language}
         WHERE "copyOf" = ${id}::bigint AND "userId" = ${userId}::bigint AND state::text = 'CHOOSING'
        RETURNING id, "statusMessageId"`;
      const [row] = changed;
      if (copy.outcome === 'accepted' || row === undefined) return copy;
      const pending = { id: Number(row.id), statusMessageId: row.statusMessageId };
      return { ...usualSubmit, ...pending };
    },

    async openOriginal(id, userId) {
      const [row] = await database.query<{ file: unknown }[]>`
        SELECT to_jsonb(t) || jsonb_build_object('languageCode', u."languageCode") AS file
          FROM transcription copy JOIN transcription t ON t.id = copy."copyOf" JOIN "user" u ON u.id = t."userId"
         WHERE copy.id = ${id}::bigint AND t."userId" = ${userId}::bigint AND t.state IN ('PENDING', 'QUEUED', 'PROCESSING')`;
      return row === undefined ? null : transcriptionSchema.parse(row.file);
    },

    async choose(id, userId, engine) {
      const rows = await database.query<{ result: unknown }[]>(prepared`
        SELECT lane_choose(${id}::bigint, ${userId}::bigint, ${engine}, ${settings.dispatchMs}, ${maxReusedSeconds}::float8) AS result`);
      return repeatedOrChosenSchema.parse(rows[0]?.result);
    },

    async reuse(id, userId, engine, earlier, deliveries) {
      const rows = await database.query<{ result: boolean }[]>`
        SELECT lane_reuse(${id}::bigint, ${userId}::bigint, ${engine}, ${earlier.id}::bigint,
                          ${JSON.stringify(deliveries)}::jsonb) AS result`;
      return rows[0]?.result ?? false;
    },
  };
}

/** Result for a copy that was made before. */
const usualSubmit = {
  outcome: 'accepted',
  created: false,
  state: 'CHOOSING',
  msSincePrevious: null,
  lastEngine: null,
  defaultEngine: null,
} as const;

const copySchema = z.union([
  submitSchema,
  z.object({ outcome: z.literal('already') }),
  z.object({ outcome: z.literal('unknown') }),
]);

const earlierSchema = z
  .object({
    id: z.number(),
    durationSeconds: z.number(),
    language: z.string().nullable(),
    languageProbability: z.number().nullable(),
    segments: segmentsSchema,
    documents: documentChoiceSchema,
  })
  .transform(({ language, languageProbability, segments, ...rest }) => ({
    ...rest,
    transcript: { language, languageProbability, segments },
  }));

const repeatedOrChosenSchema = z.union([
  chooseSchema,
  z.object({ outcome: z.literal('repeated'), earlier: earlierSchema }),
]);
