import { z } from 'zod';
import { type DraftState, draftStates } from '../../../domain/frame.ts';
import type { ChatId, TranscriptionId, UserId } from '../../../domain/ids.ts';
import type { Database } from '../../../store/client.ts';

/** An answer to a note, with where it would go. */
export type Draft = {
  readonly id: number;
  readonly userId: UserId;
  readonly noteId: TranscriptionId;
  /** The transcription of a spoken answer; null: it was typed. */
  readonly transcriptionId: TranscriptionId | null;
  /** A typed answer. */
  readonly text: string | null;
  /** The message that shows a typed answer. */
  readonly messageId: number | null;
  readonly state: DraftState;
  /** A press claimed it long ago, and nobody knows what became of it. */
  readonly isStale: boolean;
  readonly connectionKey: string;
  readonly peerId: ChatId;
  /** The note that it answers, in the other chat. */
  readonly noteMessageId: number;
  /** Name of the user to whom it goes. */
  readonly to: string;
};

/** Time after a press in which its process still may send the message, in ms: longer than a call can take. */
const sendingMs = 60_000;

export type Drafts = ReturnType<typeof createDrafts>;

/** Stores answers to notes in PostgreSQL. */
export function createDrafts(database: Database) {
  return {
    /**
     * Adds an answer to a note in place of one that was not sent. A spoken one is added once.
     * @returns its id, and the drafts that it replaces
     */
    async add(
      note: { readonly id: TranscriptionId; readonly userId: UserId },
      answer: { readonly transcriptionId: TranscriptionId } | { readonly text: string },
    ): Promise<{ readonly id: number; readonly replaced: readonly number[] }> {
      const transcriptionId = 'transcriptionId' in answer ? answer.transcriptionId : null;
      const text = 'text' in answer ? answer.text : null;
      const [row] = await database.query<[{ id: bigint; replaced: bigint[] | null }]>`
        WITH replaced AS (
          UPDATE secretary_draft SET state = 'REPLACED'
           WHERE "noteId" = ${note.id}::bigint AND "userId" = ${note.userId}::bigint AND state IN ('OPEN', 'UNKNOWN')
             AND (${transcriptionId}::bigint IS NULL OR "transcriptionId" IS DISTINCT FROM ${transcriptionId}::bigint)
          RETURNING id
        ), marked AS (
          UPDATE transcription SET purpose = 'draft'
           WHERE id = ${transcriptionId}::bigint AND "userId" = ${note.userId}::bigint
        ), added AS (
          INSERT INTO secretary_draft ("userId", "noteId", "transcriptionId", text)
          VALUES (${note.userId}::bigint, ${note.id}::bigint, ${transcriptionId}::bigint, ${text})
          ON CONFLICT ("transcriptionId") DO UPDATE SET "noteId" = secretary_draft."noteId" RETURNING id
        )
        SELECT (SELECT id FROM added) AS id, (SELECT array_agg(id) FROM replaced) AS replaced`;
      return { id: Number(row.id), replaced: (row.replaced ?? []).map(Number) };
    },

    /** Sets the message that shows a typed answer. */
    async setMessage(id: number, messageId: number): Promise<void> {
      await database.execute`
        UPDATE secretary_draft SET "messageId" = ${messageId}::int WHERE id = ${id}::bigint`;
    },

    /** Returns the user's draft; null for another's. */
    async find(id: number, userId: UserId): Promise<Draft | null> {
      const [row] = await database.query<unknown[]>`
        SELECT d.*, n."peerId", n."messageId" AS "noteMessageId", c."connectionKey",
               n."peerName" AS "to",
               COALESCE(d."pressedAt" < now() - milliseconds(${sendingMs}), false) AS "isStale"
          FROM secretary_draft d JOIN secretary_note n ON n."transcriptionId" = d."noteId"
          JOIN secretary_connection c ON c.id = n."connectionId"
         WHERE d.id = ${id}::bigint AND d."userId" = ${userId}::bigint`;
      return row === undefined ? null : draftSchema.parse(row);
    },

    /** Returns the id of the draft that a message of the bot shows; null when it shows none. */
    async idOfMessage(userId: UserId, messageId: number): Promise<number | null> {
      const [row] = await database.query<{ id: bigint }[]>`
        SELECT id FROM secretary_draft WHERE "userId" = ${userId}::bigint AND "messageId" = ${messageId}::int
        UNION ALL
        SELECT d.id FROM answer_message a JOIN secretary_draft d ON d."transcriptionId" = a."transcriptionId"
         WHERE a."chatId" = ${userId}::bigint AND a."messageId" = ${messageId}::int AND d."userId" = ${userId}::bigint
         LIMIT 1`;
      return row === undefined ? null : Number(row.id);
    },

    /**
     * Claims a draft for sending, once: of two presses, and of a press that is handled again, only one gets it.
     * @param from the state that the pressed button belongs to
     */
    async startSending(id: number, userId: UserId, from: 'OPEN' | 'UNKNOWN'): Promise<boolean> {
      const claimed = await database.execute`
        UPDATE secretary_draft SET state = 'SENDING', "pressedAt" = now()
         WHERE id = ${id}::bigint AND "userId" = ${userId}::bigint AND state = ${from}`;
      return claimed > 0;
    },

    /** Ends a claim. */
    async setState(
      id: number,
      state: 'OPEN' | 'SENT' | 'UNKNOWN',
      sentMessageId: number | null = null,
    ): Promise<void> {
      await database.execute`
        UPDATE secretary_draft SET state = ${state}, "sentMessageId" = ${sentMessageId}::int
         WHERE id = ${id}::bigint AND state = 'SENDING'`;
    },

    /** Discards a draft that is not sent. Resolves to false when its state no longer allows it. */
    async discard(id: number, userId: UserId): Promise<boolean> {
      const discarded = await database.execute`
        UPDATE secretary_draft SET state = 'DISCARDED'
         WHERE id = ${id}::bigint AND "userId" = ${userId}::bigint AND state IN ('OPEN', 'UNKNOWN')`;
      return discarded > 0;
    },
  };
}

const draftSchema: z.ZodType<Draft> = z.object({
  id: z.coerce.number(),
  userId: z.coerce.number(),
  noteId: z.coerce.number(),
  transcriptionId: z.coerce.number().nullable(),
  text: z.string().nullable(),
  messageId: z.number().nullable(),
  state: z.enum(draftStates),
  isStale: z.boolean(),
  connectionKey: z.string(),
  peerId: z.coerce.number(),
  noteMessageId: z.number(),
  to: z.string(),
});
