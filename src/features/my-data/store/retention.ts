import { z } from 'zod';
import type { UserId } from '../../../domain/ids.ts';
import type { Database } from '../../../store/client.ts';

/** Amount of a user's stored data. */
export type DataSummary = {
  readonly transcripts: number;
  /** Length of their audio in all, in seconds. */
  readonly seconds: number;
  /** Date of the oldest one; null when there is none. */
  readonly oldest: Date | null;
  readonly glossary: number;
  /** Number of remembered voices. */
  readonly voices: number;
};

/** The stored data of users, and its retention. */
export type Retention = ReturnType<typeof createRetention>;

/** Stores users' retention in PostgreSQL and deletes transcripts after it. */
export function createRetention(database: Database) {
  return {
    /** Returns the amount of a user's stored data. */
    async summary(userId: UserId): Promise<DataSummary> {
      const [row] = await database.query<unknown[]>`
        SELECT count(*)::int AS transcripts, COALESCE(sum(tr."durationSeconds"), 0) AS seconds, min(t."sentAt") AS oldest,
               (SELECT count(*)::int FROM glossary_entry WHERE "userId" = ${userId}::bigint) AS glossary,
               (SELECT count(*)::int FROM voiceprint WHERE "userId" = ${userId}::bigint) AS voices
          FROM transcription t JOIN transcript tr ON tr."transcriptionId" = t.id
         WHERE t."userId" = ${userId}::bigint AND t.state = 'COMPLETED'`;
      return dataSummarySchema.parse(row);
    },

    /**
     * Returns the user's retention, in hours; 0: until the user deletes the data, null: the configured one.
     */
    async retentionHours(userId: UserId): Promise<number | null> {
      const [row] = await database.query<{ retentionHours: number | null }[]>`
        SELECT "retentionHours" FROM setting WHERE "userId" = ${userId}::bigint`;
      return row?.retentionHours ?? null;
    },

    /** Sets the retention, also for existing data. */
    async setRetentionHours(userId: UserId, hours: number | null): Promise<void> {
      await database.execute`SELECT retention_set(${userId}::bigint, ${hours}::int)`;
    },

    /**
     * Deletes data past its retention. Resolves to the number of rows.
     * @param defaultMs retention for users without a choice, in ms; null: unlimited
     */
    async prune(limit: number, defaultMs: number | null): Promise<number> {
      const [row] = await database.query<{ pruned: number }[]>`
        SELECT retention_prune(${limit}::int, ${defaultMs}::float8) AS pruned`;
      return row?.pruned ?? 0;
    },
  };
}

const dataSummarySchema = z.object({
  transcripts: z.number(),
  seconds: z.number(),
  oldest: z.date().nullable(),
  glossary: z.number(),
  voices: z.number(),
});
