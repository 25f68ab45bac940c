import sql, { raw } from 'sql-template-tag';
import { z } from 'zod';
import type { TranscriptionId, UserId } from '../../../domain/ids.ts';
import type { Database } from '../../../store/client.ts';
import { accountTables, fileTables } from './personal-tables.ts';

/** Maximum number of account rows read at a time. */
const rowBatchSize = 1_000;

/** A column that is left out because it concerns another user: who paid for the transcription. */
const ofOthers = 'payerId';

export type ExportedRows = { readonly name: string; readonly rows: readonly unknown[] };

export type ExportJob = {
  readonly userId: UserId;
  readonly languageCode: string | null;
  /** The message that shows the progress. */
  readonly messageId: number | null;
  /** True when Word and PDF documents are included. */
  readonly documents: boolean;
  /** Number of archives sent so far, with everything up to `lastSeq`. */
  readonly archives: number;
  readonly lastSeq: number;
  /** Number of this attempt. */
  readonly attempts: number;
};

/** Is true when `lease` would find an export. */
export const isExportDue = () => sql`(SELECT min("leaseUntil") FROM export) <= now()`;

/** The exports of all data of users. */
export type Exports = ReturnType<typeof createExports>;

/** Reads everything that is stored about a user from PostgreSQL, for an export. */
export function createExports(database: Database) {
  return {
    /** Begins an export; a worker carries it out. Resolves to false while one is in progress. */
    async begin(userId: UserId, messageId: number, documents: boolean): Promise<boolean> {
      const begun = await database.execute`
        INSERT INTO export ("userId", "messageId", documents, "leaseUntil")
        VALUES (${userId}::bigint, ${messageId}::int, ${documents}, now() + interval '1 second') ON CONFLICT DO NOTHING`;
      return begun > 0;
    },

    /** Takes an export that no worker holds, for `taskLeaseMs` (ms); null when there is none. */
    async lease(taskLeaseMs: number): Promise<ExportJob | null> {
      const rows = await database.query<unknown[]>`
        UPDATE export e SET attempts = attempts + 1, "leaseUntil" = now() + milliseconds(${taskLeaseMs})
          FROM "user" u
         WHERE u.id = e."userId" AND e."userId" = (
           SELECT "userId" FROM export WHERE "leaseUntil" <= now() ORDER BY "leaseUntil" LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING e."userId", u."languageCode", e."messageId", e.documents, e.archives, e."lastSeq", e.attempts`;
      return rows[0] === undefined ? null : jobSchema.parse(rows[0]);
    },

    /**
     * Renews the lease. Resolves to false when the export no longer exists, because the user asked for an erasure.
     */
    async renew(userId: UserId, taskLeaseMs: number): Promise<boolean> {
      const kept = await database.execute`
        UPDATE export SET "leaseUntil" = now() + milliseconds(${taskLeaseMs}) WHERE "userId" = ${userId}::bigint`;
      return kept > 0;
    },

    /** Records that an archive was sent, with everything up to this place in the order. */
    async sent(userId: UserId, lastSeq: number): Promise<void> {
      await database.execute`
        UPDATE export SET archives = archives + 1, "lastSeq" = ${lastSeq}::int, attempts = 0 WHERE "userId" = ${userId}::bigint`;
    },

    /** Ends the export. */
    async done(userId: UserId): Promise<void> {
      await database.execute`DELETE FROM export WHERE "userId" = ${userId}::bigint`;
    },

    /**
     * Yields the rows of a user's data apart from transcriptions, in batches with the name of their entry.
     */
    async *ofAccount(userId: UserId): AsyncGenerator<ExportedRows> {
      for (const [table, { owner, key }] of Object.entries(accountTables)) {
        // The names come from our own list, never from a user.
        const [from, of, by] = [table, owner, key].map((name) => raw(`"${name}"`));
        let last = -1n;
        for (let number = 1; ; number += 1) {
          const rows = await database.query<{ row: unknown; key: bigint }[]>`
            SELECT to_jsonb(t) AS row, t.${by} AS key FROM ${from} t
             WHERE t.${of} = ${userId}::bigint AND t.${by} > ${last} ORDER BY t.${by} LIMIT ${rowBatchSize}`;
          if (rows.length > 0) {
            yield { name: number === 1 ? table : `${table} ${number}`, rows: rows.map(({ row }) => row) };
          }
          last = rows.at(-1)?.key ?? last;
          if (rows.length < rowBatchSize) break;
        }
      }
    },

    /** Returns the user's next transcriptions, in the order of arrival (`transcription.seq`). */
    async files(
      userId: UserId,
      after: number,
      limit: number,
    ): Promise<{ readonly id: TranscriptionId; readonly seq: number }[]> {
      const rows = await database.query<{ id: bigint; seq: number }[]>`
        SELECT id, seq FROM transcription WHERE "userId" = ${userId}::bigint AND seq > ${after}::int
         ORDER BY seq LIMIT ${limit}::int`;
      return rows.map(({ id, seq }) => ({ id: Number(id), seq }));
    },

    /** Returns how many of the user's transcriptions come after this one. */
    async count(userId: UserId, after: number): Promise<number> {
      const [row] = await database.query<[{ count: number }]>`
        SELECT count(*)::int AS count FROM transcription WHERE "userId" = ${userId}::bigint AND seq > ${after}::int`;
      return row.count;
    },

    /** Returns the rows of a transcription, by table. */
    async ofFile(id: TranscriptionId): Promise<Readonly<Record<string, readonly unknown[]>>> {
      const found: Record<string, unknown[]> = {};
      for (const [table, column] of Object.entries(fileTables)) {
        const [from, of] = [table, column].map((name) => raw(`"${name}"`));
        const rows = await database.query<{ row: unknown }[]>`
          SELECT to_jsonb(t) - ${ofOthers} AS row FROM ${from} t WHERE t.${of} = ${id}::bigint`;
        if (rows.length > 0) found[table] = rows.map(({ row }) => row);
      }
      return found;
    },
  };
}

const jobSchema = z.object({
  userId: z.coerce.number(),
  languageCode: z.string().nullable(),
  messageId: z.number().nullable(),
  documents: z.boolean(),
  archives: z.number(),
  lastSeq: z.number(),
  attempts: z.number(),
});
