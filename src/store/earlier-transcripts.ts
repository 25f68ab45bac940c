import { z } from 'zod';
import type { EarlierTranscripts } from '../app/ports/earlier-transcripts.ts';
import type { Database } from './client.ts';
import { chooseSchema, type LaneSettings } from './lane-records.ts';
import { documentChoiceSchema } from './rows.ts';
import { prepared } from './statement.ts';
import { segmentsSchema } from './stored-json.ts';

/**
 * Maximum duration of an upload whose earlier transcript is reused, in seconds. A longer transcript
 * is too large to be processed between two updates.
 */
const maxReusedSeconds = 4 * 3600;

/** Finds and reuses earlier transcripts in PostgreSQL. */
export function createEarlierTranscripts(database: Database, settings: LaneSettings): EarlierTranscripts {
  return {
    async chooseOrFind(id, userId, engine) {
      const rows = await database.query<{ result: unknown }[]>(prepared`
        SELECT lane_choose(${id}::bigint, ${userId}::bigint, ${engine}, ${settings.dispatchMs}, ${maxReusedSeconds}::float8) AS result`);
      return earlierOrChosenSchema.parse(rows[0]?.result);
    },

    async reuse(id, userId, engine, earlier, deliveries) {
      const rows = await database.query<{ result: boolean }[]>`
        SELECT lane_reuse(${id}::bigint, ${userId}::bigint, ${engine}, ${earlier.id}::bigint,
                          ${JSON.stringify(deliveries)}::jsonb) AS result`;
      return rows[0]?.result ?? false;
    },
  };
}

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

const earlierOrChosenSchema = z.union([
  chooseSchema,
  z.object({ outcome: z.literal('earlier'), earlier: earlierSchema }),
]);
