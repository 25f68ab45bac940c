import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Frames } from '../../../app/ports/frames.ts';
import type { SubmitResult } from '../../../app/ports/lanes.ts';
import type { EngineId } from '../../../domain/engine-names.ts';
import { draftStates } from '../../../domain/frame.ts';
import type { ChatId, TranscriptionId, UserId } from '../../../domain/ids.ts';
import { timeZoneOf } from '../../../domain/time-zone.ts';
import type { Token, Upload } from '../../../domain/transcription.ts';
import type { Database } from '../../../store/client.ts';
import { type LaneSettings, submitSchema, toUploadRecord } from '../../../store/lane-records.ts';
import { documentChoiceSchema, tokenSchema } from '../../../store/rows.ts';

/** Where a note is, and who said it. */
export type NotePlace = {
  readonly connectionId: number;
  readonly peerId: ChatId;
  readonly messageId: number;
  readonly peerName: string;
  readonly username: string | null;
  readonly isMine: boolean;
};

/** A note with its connection. */
export type Note = NotePlace & {
  readonly id: TranscriptionId;
  readonly userId: UserId;
  readonly connectionKey: string;
  /** The message that asks for an answer. */
  readonly promptId: number | null;
};

export type SubmittedNote = {
  readonly result: SubmitResult | { readonly outcome: 'ended' };
  readonly next: Token | null;
};

/** A reminder that is due. */
export type Reminder = {
  readonly id: TranscriptionId;
  readonly userId: UserId;
  readonly chatId: ChatId;
  readonly statusMessageId: number | null;
  readonly languageCode: string | null;
  readonly peerName: string;
};

/** Is true when `prune` may find something: an ended connection stays as long as its notes. */
export const isNotePruneDue = () => sql`
  (SELECT min("retainedUntil") FROM secretary_note) < now()
  OR (SELECT min("askedAt") FROM secretary_peer WHERE "isAllowed" IS NULL) < now() - interval '1 day'
  OR (SELECT min("endedAt") FROM secretary_connection) < now() - interval '1 day'`;
/** Is true when `leaseReminders` would find one. */
export const isReminderDue = () => sql`
  (SELECT min("remindAt") FROM secretary_note WHERE "remindAt" IS NOT NULL) <= now()`;

/** Time for which a reminder stays taken, in ms: longer than sending it takes. */
const reminderLeaseMs = 120_000;

export type Notes = ReturnType<typeof createNotes>;

/**
 * Stores the notes of connected accounts in PostgreSQL.
 * @param serverZone IANA time zone of users whose own one is unknown
 */
export function createNotes(database: Database, settings: LaneSettings, serverZone: string) {
  const noteColumns = sql`n.*, n."transcriptionId" AS id, c."userId", c."connectionKey"`;
  const from = sql`FROM secretary_note n JOIN secretary_connection c ON c.id = n."connectionId"`;
  const parse = (rows: readonly unknown[]) => (rows[0] === undefined ? null : noteSchema.parse(rows[0]));
  return {
    /**
     * Takes a note into its owner's lane, on this engine.
     * @param retentionHours for how long it is kept, in hours
     */
    async submit(
      upload: Upload,
      place: NotePlace,
      engine: EngineId,
      retentionHours: number,
    ): Promise<SubmittedNote> {
      const record = JSON.stringify(toUploadRecord(upload, settings));
      const [row] = await database.query<{ result: unknown }[]>`
        SELECT secretary_submit(${record}::jsonb, ${JSON.stringify({ ...place, retentionHours })}::jsonb,
                                ${engine}, ${settings.dispatchMs}) AS result`;
      const { next } = nextSchema.parse(row?.result);
      return { result: submittedSchema.parse(row?.result), next };
    },

    /** Returns the user's note; null for another's. */
    async find(id: TranscriptionId, userId: UserId): Promise<Note | null> {
      return parse(
        await database.query`
          SELECT ${noteColumns} ${from} WHERE n."transcriptionId" = ${id}::bigint AND c."userId" = ${userId}::bigint`,
      );
    },

    /** Returns the note to which a message of the bot in the user's private chat belongs; null when to none. */
    async findByMessage(userId: UserId, messageId: number): Promise<Note | null> {
      return parse(
        await database.query`
          SELECT ${noteColumns} FROM answer_message a JOIN secretary_note n ON n."transcriptionId" = a."transcriptionId"
            JOIN secretary_connection c ON c.id = n."connectionId"
           WHERE a."chatId" = ${userId}::bigint AND a."messageId" = ${messageId}::int AND c."userId" = ${userId}::bigint`,
      );
    },

    /** Returns the notes of these messages of a connection. */
    async listByPlace(connectionId: number, peerId: ChatId, messageIds: readonly number[]): Promise<Note[]> {
      const rows = await database.query<unknown[]>`
        SELECT ${noteColumns} ${from}
         WHERE n."connectionId" = ${connectionId}::bigint AND n."peerId" = ${peerId}::bigint AND n."messageId" = ANY(${messageIds}::int[])`;
      return rows.map((row) => noteSchema.parse(row));
    },

    /** Returns notes of a connection that have not ended, at most `limit`. */
    async listOpen(connectionId: number, userId: UserId, limit: number): Promise<TranscriptionId[]> {
      // Names the states because the partial index covers exactly these.
      const rows = await database.query<{ id: bigint }[]>`
        SELECT t.id FROM transcription t JOIN secretary_note n ON n."transcriptionId" = t.id
         WHERE t."userId" = ${userId}::bigint AND t.state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING')
           AND n."connectionId" = ${connectionId}::bigint ORDER BY t.seq DESC LIMIT ${limit}::int`;
      return rows.map(({ id }) => Number(id));
    },

    /** Records a message of the bot about a note: replies to it are answers, and it goes when the note goes. */
    async addMessage(note: Pick<Note, 'id' | 'userId'>, messageId: number): Promise<void> {
      await database.execute`
        INSERT INTO answer_message ("chatId", "messageId", "transcriptionId", kind)
        SELECT ${note.userId}::bigint, ${messageId}::int, "transcriptionId", 'note' FROM secretary_note
         WHERE "transcriptionId" = ${note.id}::bigint ON CONFLICT DO NOTHING`;
    },

    /** Records the message that asks for an answer. */
    async setPrompt(id: TranscriptionId, messageId: number): Promise<void> {
      await database.execute`
        UPDATE secretary_note SET "promptId" = ${messageId}::int WHERE "transcriptionId" = ${id}::bigint`;
    },

    /** Sets when the user wants to be reminded of a note, in ms from now; it is kept for a day after that. */
    async remindIn(id: TranscriptionId, ms: number): Promise<void> {
      await database.execute`
        UPDATE secretary_note SET "remindAt" = now() + milliseconds(${ms}),
               "retainedUntil" = GREATEST("retainedUntil", now() + milliseconds(${ms}) + interval '1 day')
         WHERE "transcriptionId" = ${id}::bigint`;
    },

    /** Takes reminders that are due. They stay taken for a while, so that no other process sends the same. */
    async leaseReminders(limit: number): Promise<Reminder[]> {
      const rows = await database.query<unknown[]>`
        WITH taken AS (
          UPDATE secretary_note SET "remindAt" = now() + milliseconds(${reminderLeaseMs}) WHERE "transcriptionId" IN (
            SELECT "transcriptionId" FROM secretary_note WHERE "remindAt" <= now()
             ORDER BY "remindAt" LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)
          RETURNING "transcriptionId", "peerName")
        SELECT t.id, t."userId", t."chatId", t."statusMessageId", u."languageCode", taken."peerName"
          FROM taken JOIN transcription t ON t.id = taken."transcriptionId" JOIN "user" u ON u.id = t."userId"`;
      return rows.map((row) => reminderSchema.parse(row));
    },

    /** Records that a reminder was sent. */
    async endReminder(id: TranscriptionId): Promise<void> {
      await database.execute`
        UPDATE secretary_note SET "remindAt" = NULL WHERE "transcriptionId" = ${id}::bigint`;
    },

    /** Deletes notes whose time is over. Resolves to the number of rows. */
    async prune(limit: number): Promise<number> {
      const [row] = await database.query<{ pruned: number }[]>`
        SELECT secretary_prune(${limit}::int, ${settings.dispatchMs}) AS pruned`;
      return row?.pruned ?? 0;
    },

    /** Returns what stands above and below the text of a note or a draft (app/ports/frames.ts). */
    findFrame: (async (id) => {
      const [row] = await database.query<{ note: unknown; draft: unknown }[]>`
        SELECT (SELECT to_jsonb(n) || jsonb_build_object('sentAt', t."sentAt", 'languageCode', u."languageCode",
                       'documents', s.documents, 'canReply', c."canReply" AND c."endedAt" IS NULL)
                  FROM secretary_note n JOIN secretary_connection c ON c.id = n."connectionId"
                 WHERE n."transcriptionId" = t.id) AS note,
               (SELECT jsonb_build_object('draftId', d.id, 'state', d.state, 'to', n."peerName")
                  FROM secretary_draft d JOIN secretary_note n ON n."transcriptionId" = d."noteId"
                 WHERE d."transcriptionId" = t.id) AS draft
          FROM transcription t JOIN "user" u ON u.id = t."userId" LEFT JOIN setting s ON s."userId" = t."userId"
         WHERE t.id = ${id}::bigint`;
      if (row?.draft != null) return { kind: 'draft', ...draftFrameSchema.parse(row.draft) };
      if (row?.note == null) return null;
      const { languageCode, documents, ...note } = noteFrameSchema.parse(row.note);
      return { kind: 'note', ...note, timeZone: timeZoneOf(languageCode, documents, serverZone) };
    }) satisfies Frames['find'],
  };
}

const noteSchema: z.ZodType<Note> = z.object({
  id: z.coerce.number(),
  userId: z.coerce.number(),
  connectionId: z.coerce.number(),
  connectionKey: z.string(),
  peerId: z.coerce.number(),
  messageId: z.number(),
  peerName: z.string(),
  username: z.string().nullable(),
  isMine: z.boolean(),
  promptId: z.number().nullable(),
});

const reminderSchema: z.ZodType<Reminder> = z.object({
  id: z.coerce.number(),
  userId: z.coerce.number(),
  chatId: z.coerce.number(),
  statusMessageId: z.number().nullable(),
  languageCode: z.string().nullable(),
  peerName: z.string(),
});

const submittedSchema = z.union([z.object({ outcome: z.literal('ended') }), submitSchema]);
const nextSchema = z.object({ next: tokenSchema.nullish().transform((token) => token ?? null) });

const noteFrameSchema = z.object({
  peerName: z.string(),
  peerId: z.number(),
  username: z.string().nullable(),
  isMine: z.boolean(),
  sentAt: z.string().transform((text) => new Date(text)),
  languageCode: z.string().nullable(),
  documents: documentChoiceSchema,
  canReply: z.boolean(),
});

const draftFrameSchema = z.object({ draftId: z.number(), to: z.string(), state: z.enum(draftStates) });
