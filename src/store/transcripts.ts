import type { Transcripts } from '../app/ports.ts';
import { isEngineId } from '../domain/engine-names.ts';
import type { Segment } from '../domain/transcript.ts';
import type { Database } from './client.ts';

/** Transcripts on PostgreSQL. */
export function createTranscripts(database: Database): Transcripts {
  return {
    async find(id) {
      const row = await database.transcript.findUnique({ where: { transcriptionId: id } });
      if (row === null || !isEngineId(row.engine)) return null;
      return {
        engine: row.engine,
        durationSeconds: row.durationSeconds,
        transcript: {
          language: row.language,
          languageProbability: row.languageProbability,
          // Written by this program in the same shape when the file ended.
          segments: row.segments as unknown as Segment[],
        },
      };
    },
  };
}
