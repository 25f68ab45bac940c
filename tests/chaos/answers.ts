import type pg from 'pg';
import type { ChatMessage, Chats } from './crowd.ts';
import type { Violation } from './invariants.ts';

/** Messages and documents that came more often than once, and what broke a promise. */
export type Answers = { readonly duplicates: number; readonly violations: readonly Violation[] };

/**
 * Checks that each completed file is answered once, alone or in one document with others of its burst, and any other file
 * not at all. A death between sending a message and marking it sent may double that message.
 * @param chats what users see
 * @param deaths number of deaths that may have come in between
 */
export async function answeredOnce(database: pg.Pool, chats: Chats, deaths: number): Promise<Answers> {
  const bundles = await readBundles(database);
  const violations: Violation[] = [];
  const broken = (what: string) => violations.push({ promise: 'one answer each', what });
  for (const { id, messages } of bundles) {
    if (!messages.some((message) => chats.buttons.has(message)))
      broken(`the document of burst ${id} is missing`);
  }
  const recorded = new Set<ChatMessage>(bundles.flatMap(({ messages }) => messages));
  for (const { key, state, isBundled, messages } of await readFiles(database)) {
    for (const message of messages) recorded.add(message);
    const isAnswered = messages.length > 0 && messages.every((message) => chats.buttons.has(message));
    if (!isBundled && isAnswered !== (state === 'COMPLETED'))
      broken(`${key} is ${state}, and ${isAnswered ? 'has' : 'misses'} its files`);
  }
  // An album holds the files of several uploads; a doubled one belongs to none of them.
  const duplicates = chats.albums.filter((album) => !album.some((message) => recorded.has(message))).length;
  if (duplicates > deaths) broken(`${duplicates} duplicates after ${deaths} deaths`);
  return { duplicates, violations };
}

type File = {
  readonly key: string;
  readonly state: string;
  /** Whether its text is in one document with others, and has no message of its own. */
  readonly isBundled: boolean;
  /** The messages with its files. */
  readonly messages: readonly ChatMessage[];
};

async function readFiles(database: pg.Pool): Promise<File[]> {
  const { rows } = await database.query<File>(
    `SELECT "uploadKey" AS key, state, state = 'COMPLETED' AND EXISTS (
              SELECT FROM delivery d WHERE d."transcriptionId" = t.id AND d.kind = 'status'
                 AND d.payload->'isBundled' = 'true') AS "isBundled",
            ARRAY(SELECT t."userId" || ':' || message FROM delivery d, unnest(d."sentMessageIds") AS message
                   WHERE d."transcriptionId" = t.id AND d.kind = 'album') AS messages
       FROM transcription t`,
  );
  return rows;
}

/** A document of several files that is due, and the messages with its files. */
type Bundle = { readonly id: number; readonly messages: readonly ChatMessage[] };

async function readBundles(database: pg.Pool): Promise<Bundle[]> {
  const { rows } = await database.query<Bundle>(
    `SELECT b.id::int, array_remove(array_agg(b."userId" || ':' || message), NULL) AS messages
       FROM burst b JOIN transcription t ON t."burstId" = b.id
       JOIN delivery d ON d."transcriptionId" = t.id AND d.kind = 'bundle' AND d.part = 1
       LEFT JOIN LATERAL unnest(d."sentMessageIds") AS message ON true
      GROUP BY b.id`,
  );
  return rows;
}
