import { z } from 'zod';
import type { History, HistoryEntry, PageEdge } from '../../app/history/ports.ts';
import { mediaKinds } from '../../domain/transcription.ts';
import type { Database } from '../client.ts';
import { Prisma } from '../generated/client.ts';

/** Number of characters of each transcript that are read for a list; enough for an excerpt. */
const excerptCharacters = 400;
/** The same when excerpts are long: enough to fill a message. */
const messageCharacters = 4_300;

/** An id greater than that of any transcription. */
const endOfTime = 2n ** 62n;

/**
 * Reads the history of users from PostgreSQL. The functions in prisma/routines (`search_…`) decide
 * which transcripts match a search.
 */
export function createHistory(database: Database): History {
  return {
    async page(userId, { words, from, limit, longExcerpts = false }) {
      const characters = longExcerpts ? messageCharacters : excerptCharacters;
      const text =
        words === null
          ? Prisma.sql`left(tr.text, ${characters}::int)`
          : Prisma.sql`COALESCE(search_stretch(tr.text, ${words}::text[]), left(tr.text, ${characters}::int))`;
      const rows = await database.$queryRaw<unknown[]>`
        SELECT ${columns}, ${text} AS text FROM (${idsOf(userId, words, from, limit + 1)}) AS found (id)
          JOIN transcription t ON t.id = found.id JOIN transcript tr ON tr."transcriptionId" = t.id
         ORDER BY t.id DESC`;
      const entries = rows.map((row) => entrySchema.parse(row));
      const more = entries.length > limit;
      if (more) entries.splice(from?.direction === 'newer' ? 0 : limit, 1);
      return { entries, more };
    },

    async find(userId, id, maxCharacters) {
      const rows = await database.$queryRaw<unknown[]>`
        SELECT ${columns}, left(tr.text, ${maxCharacters}::int) AS text
          FROM transcription t JOIN transcript tr ON tr."transcriptionId" = t.id
         WHERE t.id = ${id}::bigint AND t."userId" = ${userId}::bigint`;
      return rows[0] === undefined ? null : entrySchema.parse(rows[0]);
    },

    async alike(userId, word) {
      const rows = await database.$queryRaw<{ word: string | null }[]>`
        SELECT search_alike(${userId}::bigint, ${word}) AS word`;
      return rows[0]?.word ?? null;
    },

    view: (userId) =>
      database.historyView.findUnique({
        where: { userId },
        select: { messageId: true, query: true, promptId: true },
      }),

    async setView(userId, view) {
      await database.historyView.upsert({ where: { userId }, update: view, create: { userId, ...view } });
    },
  };
}

/** Returns the query for the ids of the next transcripts in one direction. */
function idsOf(
  userId: number,
  words: readonly string[] | null,
  from: PageEdge | null,
  limit: number,
): Prisma.Sql {
  const isNewer = from?.direction === 'newer';
  const edge = from?.id ?? endOfTime;
  if (words !== null) {
    return Prisma.sql`SELECT search_find(${userId}::bigint, ${words}::text[], ${edge}::bigint, ${isNewer}, ${limit}::int)`;
  }
  const next = isNewer
    ? Prisma.sql`id > ${edge}::bigint ORDER BY id`
    : Prisma.sql`id < ${edge}::bigint ORDER BY id DESC`;
  return Prisma.sql`
    SELECT id FROM transcription WHERE "userId" = ${userId}::bigint AND state = 'COMPLETED' AND ${next} LIMIT ${limit}::int`;
}

const columns = Prisma.sql`t.id, t."chatId" = t."userId" AS "isPrivate", t.kind, t."fileName", t."senderName", t."sentAt",
  tr."durationSeconds", tr.language`;

const entrySchema: z.ZodType<HistoryEntry> = z.object({
  id: z.coerce.number(),
  isPrivate: z.boolean(),
  kind: z.enum(mediaKinds),
  fileName: z.string().nullable(),
  senderName: z.string().nullable(),
  sentAt: z.date(),
  durationSeconds: z.number(),
  language: z.string().nullable(),
  text: z.string(),
});
