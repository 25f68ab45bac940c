import { z } from 'zod';
import type { Copies } from '../app/ports/copies.ts';
import type { Database } from './client.ts';
import { type LaneSettings, limitsOf, submitSchema } from './lane-records.ts';
import { transcriptionSchema } from './rows.ts';

/** Copies transcriptions in PostgreSQL. */
export function createCopies(database: Database, settings: LaneSettings): Copies {
  return {
    async create(id, userId, language) {
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

    async findOpenOriginal(id, userId) {
      const [row] = await database.query<{ file: unknown }[]>`
        SELECT to_jsonb(t) || jsonb_build_object('languageCode', u."languageCode") AS file
          FROM transcription copy JOIN transcription t ON t.id = copy."copyOf" JOIN "user" u ON u.id = t."userId"
         WHERE copy.id = ${id}::bigint AND t."userId" = ${userId}::bigint AND t.state IN ('PENDING', 'QUEUED', 'PROCESSING')`;
      return row === undefined ? null : transcriptionSchema.parse(row.file);
    },
  };
}

const copySchema = z.union([
  submitSchema,
  z.object({ outcome: z.literal('already') }),
  z.object({ outcome: z.literal('unknown') }),
]);
