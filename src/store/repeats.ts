import { z } from 'zod';
import type { Repeats } from '../app/ports/repeats.ts';
import type { Database } from './client.ts';
import {
  chooseSchema,
  type LaneSettings,
  limitsOf,
  maxReusedSeconds,
  repeatedSchema,
  submitSchema,
} from './lane-records.ts';
import { transcriptionSchema } from './rows.ts';
import { prepared } from './statement.ts';

/** Reuses earlier transcripts of the same upload, in PostgreSQL. */
export function createRepeats(database: Database, settings: LaneSettings): Repeats {
  return {
    async copy(id, userId, language) {
      const rows = await database.query<{ result: unknown }[]>`
        SELECT lane_copy(${id}::bigint, ${userId}::bigint, ${JSON.stringify(limitsOf(settings))}::jsonb) AS result`;
      const copy = copySchema.parse(rows[0]?.result);
      if (copy.outcome === 'accepted' && language !== undefined) {
        // A process that dies before this leaves a copy that asks for an engine, in the first language.
        await database.execute`
          UPDATE transcription SET language = ${language} WHERE id = ${copy.id}::bigint AND state = 'CHOOSING'`;
      }
      return copy;
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

const copySchema = z.union([
  submitSchema,
  z.object({ outcome: z.literal('already') }),
  z.object({ outcome: z.literal('unknown') }),
]);

const repeatedOrChosenSchema = z.union([chooseSchema, repeatedSchema]);
