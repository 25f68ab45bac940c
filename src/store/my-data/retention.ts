import { z } from 'zod';
import type { Retention } from '../../app/my-data/ports.ts';
import type { Database } from '../client.ts';

/** Stores users' retention in PostgreSQL and deletes transcripts after it. */
export function createRetention(database: Database): Retention {
  return {
    async summary(userId) {
      const [row] = await database.$queryRaw<unknown[]>`
        SELECT count(*)::int AS transcripts, COALESCE(sum(tr."durationSeconds"), 0) AS seconds, min(t."sentAt") AS oldest,
               (SELECT count(*)::int FROM glossary_entry WHERE "userId" = ${userId}::bigint) AS glossary
          FROM transcription t JOIN transcript tr ON tr."transcriptionId" = t.id
         WHERE t."userId" = ${userId}::bigint AND t.state = 'COMPLETED'`;
      return belongingsSchema.parse(row);
    },

    async keepHours(userId) {
      const setting = await database.setting.findUnique({ where: { userId }, select: { keepHours: true } });
      return setting?.keepHours ?? null;
    },

    async setKeepHours(userId, hours) {
      await database.$executeRaw`SELECT history_keep(${userId}::bigint, ${hours}::int)`;
    },

    async prune(limit, defaultMs) {
      const [row] = await database.$queryRaw<{ pruned: number }[]>`
        SELECT history_prune(${limit}::int, ${defaultMs}::float8) AS pruned`;
      return row?.pruned ?? 0;
    },
  };
}

const belongingsSchema = z.object({
  transcripts: z.number(),
  seconds: z.number(),
  oldest: z.date().nullable(),
  glossary: z.number(),
});
