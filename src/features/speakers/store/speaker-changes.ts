import { z } from 'zod';
import type { TranscriptionId, UserId } from '../../../domain/ids.ts';
import type { Segment } from '../../../domain/transcript.ts';
import type { Database } from '../../../store/client.ts';

/** Stores changes of the speakers of transcripts. */
export type SpeakerChanges = ReturnType<typeof createSpeakerChanges>;

/** Stores changes of the speakers of transcripts in PostgreSQL, which checks whose the transcripts are. */
export function createSpeakerChanges(database: Database) {
  return {
    /**
     * Replaces the segments of a transcript, unless it is no longer in the revision that was read; a worker then brings
     * the messages into line.
     */
    async apply(
      id: TranscriptionId,
      userId: UserId,
      revision: number,
      segments: readonly Segment[],
    ): Promise<'changed' | 'stale' | 'unknown'> {
      const rows = await database.query<{ result: unknown }[]>`
        SELECT speakers_change(${id}::bigint, ${userId}::bigint, ${revision}::int,
                               ${JSON.stringify(segments)}::jsonb) AS result`;
      return z.enum(['changed', 'stale', 'unknown']).parse(rows[0]?.result);
    },
  };
}
