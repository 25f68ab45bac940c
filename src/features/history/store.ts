import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import type { TranscriptionId, UserId } from '../../domain/ids.ts';
import { type MediaKind, mediaKinds } from '../../domain/transcription.ts';
import type { Database } from '../../store/client.ts';
import { prepared } from '../../store/statement.ts';

export type WantedPage = {
  /** Words that all have to occur, from `features/history/search-words.ts`; null: all transcripts. */
  readonly words: readonly string[] | null;
  /** Edge of the previous page; null: begin with the newest. */
  readonly from: PageEdge | null;
  readonly limit: number;
  /** Returns as much of each text as fits into a message, instead of a few words. */
  readonly longExcerpts?: boolean;
};

/** Transcripts older or newer than this one. */
export type PageEdge = { readonly direction: 'older' | 'newer'; readonly id: TranscriptionId };

export type HistoryPage = {
  readonly entries: readonly HistoryEntry[];
  /** True when there are more in the same direction. */
  readonly more: boolean;
  /** True when older transcripts are not in the search yet; another search continues with them. */
  readonly isIncomplete: boolean;
};

/** A transcript as a list shows it. */
export type HistoryEntry = {
  readonly id: TranscriptionId;
  /** True when the upload came in the user's private chat. */
  readonly isPrivate: boolean;
  readonly kind: MediaKind;
  readonly fileName: string | null;
  readonly senderName: string | null;
  readonly sentAt: Date;
  readonly durationSeconds: number;
  readonly language: string | null;
  /** Beginning of the text; in a search, the part around the first match. */
  readonly text: string;
};

/** State of a user's history: one message at a time, which the next one replaces. */
export type HistoryView = {
  readonly messageId: number;
  /** Search query; null: all transcripts. */
  readonly query: string | null;
  /** The message that asked for the query; null when none did. */
  readonly promptId: number | null;
};

/** Number of characters of each transcript that are read for a list; enough for an excerpt. */
const excerptCharacters = 400;
/** The same when excerpts are long: enough to fill a message. */
const messageCharacters = 4_300;

/** Number of transcripts that one statement indexes; their locks are held for some milliseconds. */
const indexBatchSize = 20;

/**
 * Maximum time that a search spends on indexing transcripts, in ms: about 5,000 voice notes, or 50 recordings of an
 * hour. Telegram drops the answer to an inline query that takes longer than ten seconds.
 */
const usualMaxIndexMs = 1_500;

/** An id greater than that of any transcription. */
const endOfTime = 2n ** 62n;

/** The stored history of users. */
export type History = ReturnType<typeof createHistory>;

/**
 * Stores the history of users in PostgreSQL. Every method returns only the user's own transcripts. The functions in
 * prisma/routines (`search_…`) decide which transcripts match a search.
 * @param maxIndexMs maximum time that a search spends on transcripts that are not indexed yet, in ms
 */
export function createHistory(database: Database, maxIndexMs = usualMaxIndexMs) {
  return {
    /** Returns the next transcripts in one direction, newest first. */
    async page(
      userId: UserId,
      { words, from, limit, longExcerpts = false }: WantedPage,
    ): Promise<HistoryPage> {
      const isIncomplete = words !== null && !(await indexTranscripts(database, userId, maxIndexMs));
      const characters = longExcerpts ? messageCharacters : excerptCharacters;
      const text =
        words === null
          ? sql`left(tr.text, ${characters}::int)`
          : sql`COALESCE(search_stretch(tr.text, ${words}::text[]), left(tr.text, ${characters}::int))`;
      const rows = await database.query<unknown[]>`
        SELECT ${columns}, ${text} AS text FROM (${idsOf(userId, words, from, limit + 1)}) AS found (id)
          JOIN transcription t ON t.id = found.id JOIN transcript tr ON tr."transcriptionId" = t.id
         ORDER BY t.id DESC`;
      const entries = rows.map((row) => entrySchema.parse(row));
      const more = entries.length > limit;
      if (more) entries.splice(from?.direction === 'newer' ? 0 : limit, 1);
      return { entries, more, isIncomplete };
    },

    /**
     * Returns one transcript, with at most `maxCharacters` of its text; null when the user has none
     * with this id.
     */
    async find(userId: UserId, id: TranscriptionId, maxCharacters: number): Promise<HistoryEntry | null> {
      const rows = await database.query<unknown[]>`
        SELECT ${columns}, left(tr.text, ${maxCharacters}::int) AS text
          FROM transcription t JOIN transcript tr ON tr."transcriptionId" = t.id
         WHERE t.id = ${id}::bigint AND t."userId" = ${userId}::bigint`;
      return rows[0] === undefined ? null : entrySchema.parse(rows[0]);
    },

    /**
     * Returns the word in the user's transcripts that is most similar to a word not found in them;
     * null without a similar one.
     */
    async alike(userId: UserId, word: string): Promise<string | null> {
      const rows = await database.query<{ word: string | null }[]>`
        SELECT search_alike(${userId}::bigint, ${word}) AS word`;
      return rows[0]?.word ?? null;
    },

    /** Returns the message that shows the user's history; null when there is none. */
    async view(userId: UserId): Promise<HistoryView | null> {
      const [row] = await database.query<HistoryView[]>`
        SELECT "messageId", query, "promptId" FROM history_view WHERE "userId" = ${userId}::bigint`;
      return row ?? null;
    },

    /** Replaces the message that shows the user's history. */
    async setView(userId: UserId, { messageId, query, promptId }: HistoryView): Promise<void> {
      await database.execute`
        INSERT INTO history_view ("userId", "messageId", query, "promptId")
        VALUES (${userId}::bigint, ${messageId}, ${query}, ${promptId})
        ON CONFLICT ("userId") DO UPDATE
           SET "messageId" = EXCLUDED."messageId", query = EXCLUDED.query, "promptId" = EXCLUDED."promptId"`;
    },
  };
}

/**
 * Indexes a user's transcripts for the search: those since the last search, and all at the first. Resolves to false
 * when there are more than `maxIndexMs` allows; the newest are indexed first.
 */
async function indexTranscripts(database: Database, userId: UserId, maxIndexMs: number): Promise<boolean> {
  const deadline = performance.now() + maxIndexMs;
  for (;;) {
    const [row] = await database.query<[{ indexed: number; is_incomplete: boolean }]>(
      prepared`SELECT indexed, is_incomplete FROM search_index(${userId}::bigint, ${indexBatchSize}::int)`,
    );
    if (!row.is_incomplete) return true;
    // Without progress the rest is held by others: they are corrected or deleted at this moment.
    if (row.indexed === 0 || performance.now() > deadline) return false;
  }
}

/** Returns the query for the ids of the next transcripts in one direction. */
function idsOf(userId: number, words: readonly string[] | null, from: PageEdge | null, limit: number): Sql {
  const isNewer = from?.direction === 'newer';
  const edge = from?.id ?? endOfTime;
  if (words !== null) {
    return sql`SELECT search_find(${userId}::bigint, ${words}::text[], ${edge}::bigint, ${isNewer}, ${limit}::int)`;
  }
  const next = isNewer ? sql`id > ${edge}::bigint ORDER BY id` : sql`id < ${edge}::bigint ORDER BY id DESC`;
  return sql`
    SELECT id FROM transcription WHERE "userId" = ${userId}::bigint AND state = 'COMPLETED' AND ${next} LIMIT ${limit}::int`;
}

const columns = sql`t.id, t."chatId" = t."userId" AS "isPrivate", t.kind, t."fileName", t."senderName", t."sentAt",
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
