import sql from 'sql-template-tag';
import { z } from 'zod';
import type { ChatId, TranscriptionId, UserId } from '../../../domain/ids.ts';
import type { Database } from '../../../store/client.ts';

/** A user whose data is being erased. */
export type ErasureJob = {
  readonly userId: UserId;
  readonly languageCode: string | null;
  /** The message that shows the progress; null when it could not be sent. */
  readonly messageId: number | null;
  /** Number of transcriptions deleted so far. */
  readonly files: number;
};

export type ErasedFile = {
  readonly id: TranscriptionId;
  readonly chatId: ChatId;
  readonly messageIds: readonly number[];
};

/** Is true when `lease` would find an erasure. */
export const isErasureDue = () => sql`
  (SELECT min("leaseUntil") FROM erasure WHERE "begunAt" IS NOT NULL) < now()`;

/** The erasures of all data of users. */
export type Erasures = ReturnType<typeof createErasures>;

/**
 * Stores and carries out erasures in PostgreSQL. The transactions are functions in prisma/routines (`erase_…`,
 * `erasure_prune`).
 */
export function createErasures(database: Database) {
  return {
    /** Records that the user was asked for the confirmation word. */
    async ask(userId: UserId): Promise<void> {
      // An erasure that has already begun continues.
      await database.execute`
        INSERT INTO erasure ("userId") VALUES (${userId}::bigint)
        ON CONFLICT ("userId") DO UPDATE SET "askedAt" = now() WHERE erasure."begunAt" IS NULL`;
    },

    /** Cancels the request. */
    async withdraw(userId: UserId): Promise<void> {
      await database.execute`DELETE FROM erasure WHERE "userId" = ${userId}::bigint AND "begunAt" IS NULL`;
    },

    /**
     * Begins the erasure after the confirmation word; a worker carries it out. Resolves to false when the user was not
     * asked, the request is older than `validMs` (ms), or the erasure has already begun.
     */
    async begin(userId: UserId, languageCode: string | null, validMs: number): Promise<boolean> {
      const begun = await database.execute`
        UPDATE erasure SET "begunAt" = now(), "leaseUntil" = now() + interval '1 second', "languageCode" = ${languageCode}
         WHERE "userId" = ${userId}::bigint AND "begunAt" IS NULL AND "askedAt" > now() - milliseconds(${validMs})`;
      return begun > 0;
    },

    /** Sets the message that shows the progress. */
    async setMessage(userId: UserId, messageId: number): Promise<void> {
      await database.execute`UPDATE erasure SET "messageId" = ${messageId} WHERE "userId" = ${userId}::bigint`;
    },

    /** Takes an erasure that no worker holds, for `taskLeaseMs` (ms); null when there is none. */
    async lease(taskLeaseMs: number): Promise<ErasureJob | null> {
      const rows = await database.query<unknown[]>`
        UPDATE erasure SET "leaseUntil" = now() + milliseconds(${taskLeaseMs})
         WHERE "userId" = (SELECT "userId" FROM erasure WHERE "begunAt" IS NOT NULL AND "leaseUntil" < now()
                            ORDER BY "leaseUntil" LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING "userId", "languageCode", "messageId", files`;
      return rows[0] === undefined ? null : erasureJobSchema.parse(rows[0]);
    },

    /** Renews the lease, and adds the number of transcriptions deleted since. */
    async renew(userId: UserId, files: number, taskLeaseMs: number): Promise<void> {
      await database.execute`
        UPDATE erasure SET files = files + ${files}::int, "leaseUntil" = now() + milliseconds(${taskLeaseMs})
         WHERE "userId" = ${userId}::bigint`;
    },

    /** Returns the user's next transcriptions, with all messages about each. */
    async listFiles(userId: UserId, limit: number): Promise<ErasedFile[]> {
      const [row] = await database.query<{ files: unknown }[]>`
        SELECT erasure_files(${userId}::bigint, ${limit}::int) AS files`;
      return z.array(fileSchema).parse(row?.files);
    },

    /** Records a message with the user's data in their private chat that belongs to no transcription. */
    async recordMessage(userId: UserId, messageId: number): Promise<void> {
      await database.execute`
        DELETE FROM private_message WHERE "userId" = ${userId}::bigint AND "sentAt" < now() - interval '2 days'`;
      await database.execute`
        INSERT INTO private_message ("userId", "messageId") VALUES (${userId}::bigint, ${messageId}::int)
        ON CONFLICT DO NOTHING`;
    },

    /** Returns those messages, as far as Telegram still allows deleting them. */
    async listMessages(userId: UserId): Promise<number[]> {
      const rows = await database.query<{ messageId: number }[]>`
        SELECT "messageId" FROM private_message WHERE "userId" = ${userId}::bigint
        UNION SELECT "messageId" FROM burst WHERE "userId" = ${userId}::bigint AND "messageId" IS NOT NULL`;
      return rows.map(({ messageId }) => messageId);
    },

    /** Removes the records of deleted messages. */
    async removeMessages(userId: UserId, messageIds: readonly number[]): Promise<void> {
      await database.execute`
        DELETE FROM private_message WHERE "userId" = ${userId}::bigint AND "messageId" = ANY(${messageIds}::int[])`;
    },

    /**
     * Deletes the user's other data. `left`: there is more. `stays`: the row of `user` stays, because of a block,
     * limits of the user's own, or usage of the last 31 days.
     */
    async eraseAccount(
      userId: UserId,
      limit: number,
    ): Promise<{ readonly left: boolean; readonly stays: boolean }> {
      await database.execute`DELETE FROM dialog WHERE "chatId" = ${userId}::bigint`;
      const [row] = await database.query<{ result: unknown }[]>`
        SELECT erase_account(${userId}::bigint, ${limit}::int) AS result`;
      return accountSchema.parse(row?.result);
    },

    /** Ends the erasure. */
    async end(userId: UserId): Promise<void> {
      await database.execute`DELETE FROM erasure WHERE "userId" = ${userId}::bigint`;
    },

    /** Deletes data that had to stay for a limited time. Resolves to the number of rows. */
    async prune(limit: number): Promise<number> {
      const [row] = await database.query<{ pruned: number }[]>`
        SELECT erasure_prune(${limit}::int) AS pruned`;
      return row?.pruned ?? 0;
    },
  };
}

const erasureJobSchema = z.object({
  userId: z.coerce.number(),
  languageCode: z.string().nullable(),
  messageId: z.number().nullable(),
  files: z.number(),
});

const fileSchema = z.object({ id: z.number(), chatId: z.number(), messageIds: z.array(z.number()) });

const accountSchema = z.object({ left: z.boolean(), stays: z.boolean() });
