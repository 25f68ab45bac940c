import type { Feedback } from '../app/ports/feedback.ts';
import type { Database } from './client.ts';

/** Stores the ratings (thumbs up or down) of transcripts in PostgreSQL. */
export function createFeedback(database: Database): Feedback {
  return {
    async give(id, userId, good) {
      const kept = await database.execute`
        INSERT INTO feedback ("transcriptionId", "userId", good, engine, language)
        SELECT t.id, t."userId", ${good}, r.engine, r.language
          FROM transcription t JOIN transcript r ON r."transcriptionId" = t.id
         WHERE t.id = ${id}::bigint AND t."userId" = ${userId}::bigint AND t.state = 'COMPLETED'
        ON CONFLICT ("transcriptionId") DO UPDATE SET good = EXCLUDED.good, engine = EXCLUDED.engine,
           language = EXCLUDED.language, at = now()`;
      return kept > 0;
    },
  };
}
