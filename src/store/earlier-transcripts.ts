import { z } from 'zod';
import type { EarlierTranscripts } from '../app/ports/earlier-transcripts.ts';
import type { Database } from './client.ts';
import { chooseSchema, earlierSchema, type LaneSettings, maxReusedSeconds } from './lane-records.ts';
import { prepared } from './statement.ts';

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

const earlierOrChosenSchema = z.union([chooseSchema, earlierSchema]);
