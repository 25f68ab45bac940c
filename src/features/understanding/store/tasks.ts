import sql from 'sql-template-tag';
import { z } from 'zod';
import type { TranscriptionId, UserId } from '../../../domain/ids.ts';
import { type UnderstandingKind, understandingKinds } from '../../../domain/understanding.ts';
import type { Database } from '../../../store/client.ts';
import {
  type StoredOptions,
  type StoredResult,
  storedOptionsSchema,
  storedResultSchema,
} from './stored-result.ts';

/** Number of a user's open tasks from which on no further one is added. */
const maxOpen = 20;

/** Pause after which a task behind another one of its user is looked at again, in ms, if nothing wakes it before. */
const behindMs = 2_000;

/** Number of due tasks that one statement looks at; the others are looked at by the next. */
const batchSize = 20;

/** A task that a user asks for. */
export type WantedTask = {
  readonly userId: UserId;
  /** Null: a question about all transcripts of the user. */
  readonly transcriptionId: TranscriptionId | null;
  readonly kind: UnderstandingKind;
  readonly options: StoredOptions;
  /** The message that the task's message replies to. */
  readonly replyToId: number;
};

/** A task that a worker has leased. */
export type LeasedTask = WantedTask & {
  readonly id: number;
  readonly holder: string;
  /** The message that shows the progress; null when it could not be sent. */
  readonly messageId: number | null;
  /** Number of this attempt. */
  readonly attempts: number;
  /** The result, if an earlier attempt came so far. */
  readonly result: StoredResult | null;
  readonly languageCode: string | null;
};

/** A task with a result, which is shown or about to be. */
export type DoneTask = Pick<LeasedTask, 'id' | 'userId' | 'kind' | 'options' | 'messageId' | 'replyToId'> & {
  readonly transcriptionId: TranscriptionId;
  readonly result: StoredResult;
};

/** `already`: the same task is open. `full`: too many tasks of the user are open. `unknown`: no such transcript. */
export type AddTaskResult =
  | { readonly outcome: 'added'; readonly id: number; readonly before: number }
  | { readonly outcome: 'already' | 'full' | 'unknown' };

/** Is true when `lease` would find a task, or look at one that waits behind another. */
export const isTaskDue = () => sql`
  (SELECT min("dueAt") FROM understanding_task WHERE "dueAt" IS NOT NULL) <= now()`;

/** The tasks of the language model. */
export type UnderstandingTasks = ReturnType<typeof createUnderstandingTasks>;

/**
 * Stores the tasks of the language model in PostgreSQL. A user's tasks run one after the other, in the order in which
 * they were asked for: only the first open one can be taken.
 */
export function createUnderstandingTasks(database: Database) {
  return {
    /** Adds a task; a worker carries it out. The transcript must be the user's own, and in their private chat. */
    async add({ userId, transcriptionId, kind, options, replyToId }: WantedTask): Promise<AddTaskResult> {
      const [row] = await database.query<[{ known: boolean; open: number; id: bigint | null }]>`
        WITH known AS (
          SELECT ${transcriptionId}::bigint IS NULL OR EXISTS (
            SELECT FROM transcription WHERE id = ${transcriptionId}::bigint AND "userId" = ${userId}::bigint
               AND "chatId" = "userId" AND state = 'COMPLETED') AS is_known,
          (SELECT count(*)::int FROM understanding_task WHERE "userId" = ${userId}::bigint AND "endedAt" IS NULL) AS open
        ), added AS (
          INSERT INTO understanding_task ("userId", "transcriptionId", kind, options, "replyToId", "dueAt")
          SELECT ${userId}::bigint, ${transcriptionId}::bigint, ${kind}, ${JSON.stringify(options)}::jsonb,
                 ${replyToId}::int, now()
            FROM known WHERE is_known AND open < ${maxOpen}
          ON CONFLICT DO NOTHING RETURNING id
        )
        SELECT is_known AS known, open, (SELECT id FROM added) AS id FROM known`;
      if (!row.known) return { outcome: 'unknown' };
      if (row.id !== null) return { outcome: 'added', id: Number(row.id), before: row.open };
      return { outcome: row.open >= maxOpen ? 'full' : 'already' };
    },

    /** Sets the message that shows a task. Resolves to false when the task no longer exists. */
    async setMessage(id: number, messageId: number): Promise<boolean> {
      const set = await database.execute`
        UPDATE understanding_task SET "messageId" = ${messageId}::int WHERE id = ${id}::bigint`;
      return set > 0;
    },

    /**
     * Leases a task that no worker holds, for `taskLeaseMs` (ms); null when there is none. A task behind another one of
     * its user is not leased.
     */
    async lease(holder: string, taskLeaseMs: number): Promise<LeasedTask | null> {
      const rows = await database.query<unknown[]>`
        WITH due AS (
          SELECT id, "userId", "dueAt" FROM understanding_task WHERE "dueAt" <= now()
           ORDER BY "dueAt" LIMIT ${batchSize} FOR UPDATE SKIP LOCKED
        ), looked AS (
          SELECT id, "dueAt", NOT EXISTS (
            SELECT FROM understanding_task o WHERE o."userId" = due."userId" AND o."endedAt" IS NULL AND o.id < due.id
          ) AS is_first FROM due
        ), postponed AS (
          UPDATE understanding_task t SET "dueAt" = now() + milliseconds(${behindMs})
            FROM looked WHERE t.id = looked.id AND NOT looked.is_first
        )
        UPDATE understanding_task t
           SET state = 'RUNNING', holder = ${holder}, attempts = attempts + 1, "dueAt" = now() + milliseconds(${taskLeaseMs})
          FROM "user" u
         WHERE u.id = t."userId" AND t.id = (SELECT id FROM looked WHERE is_first ORDER BY "dueAt" LIMIT 1)
        RETURNING t.id, t."userId", t."transcriptionId", t.kind, t.options, t."replyToId", t."messageId", t.attempts,
                  t.holder, t.result, u."languageCode"`;
      return rows[0] === undefined ? null : leasedSchema.parse(rows[0]);
    },

    /**
     * Renews the lease of a task. Resolves to false when it no longer belongs to its holder: it was cancelled or
     * deleted, or another worker has taken it.
     */
    async renew({ id, holder }: Pick<LeasedTask, 'id' | 'holder'>, taskLeaseMs: number): Promise<boolean> {
      const kept = await database.execute`
        UPDATE understanding_task SET "dueAt" = now() + milliseconds(${taskLeaseMs})
         WHERE id = ${id}::bigint AND holder = ${holder} AND state = 'RUNNING'`;
      return kept > 0;
    },

    /**
     * Gives a running task back.
     * @param delayMs delay until a worker may take it again, in ms
     * @param isAttempt false at the end of a process: the attempt does not count
     */
    async release(
      { id, holder }: Pick<LeasedTask, 'id' | 'holder'>,
      delayMs: number,
      isAttempt: boolean,
    ): Promise<void> {
      await database.execute`
        UPDATE understanding_task
           SET state = 'PENDING', holder = NULL, "dueAt" = now() + milliseconds(${delayMs}),
               attempts = attempts - ${isAttempt ? 0 : 1}::int
         WHERE id = ${id}::bigint AND holder = ${holder} AND state = 'RUNNING'`;
    },

    /** Stores the result of a running task, before it is shown. Resolves to false when the task is not its holder's. */
    async setResult(
      { id, holder }: Pick<LeasedTask, 'id' | 'holder'>,
      result: StoredResult,
    ): Promise<boolean> {
      const set = await database.execute`
        UPDATE understanding_task SET result = ${JSON.stringify(result)}::jsonb
         WHERE id = ${id}::bigint AND holder = ${holder} AND state = 'RUNNING'`;
      return set > 0;
    },

    /**
     * Ends a running task; the user's next one may be taken at once. A question about all transcripts leaves nothing
     * behind. Resolves to false when the task is not its holder's.
     */
    async end(
      { id, holder }: Pick<LeasedTask, 'id' | 'holder'>,
      state: 'DONE' | 'FAILED',
      errorCode: string | null = null,
    ): Promise<boolean> {
      const [row] = await database.query<{ userId: bigint }[]>`
        WITH calls AS (
          DELETE FROM understanding_call WHERE "taskId" = ${id}::bigint
        )
        UPDATE understanding_task
           SET state = ${state}, "errorCode" = ${errorCode}, "endedAt" = now(), "dueAt" = NULL, holder = NULL
         WHERE id = ${id}::bigint AND holder = ${holder} AND state = 'RUNNING' RETURNING "userId"`;
      if (row === undefined) return false;
      await removeQuestion(database, id);
      await wakeNext(database, Number(row.userId));
      return true;
    },

    /** Cancels an open task of this user. Resolves to false when there is none with this id. */
    async cancel(id: number, userId: UserId): Promise<boolean> {
      const cancelled = await database.execute`
        UPDATE understanding_task SET state = 'CANCELLED', "endedAt" = now(), "dueAt" = NULL, holder = NULL
         WHERE id = ${id}::bigint AND "userId" = ${userId}::bigint AND "endedAt" IS NULL`;
      if (cancelled === 0) return false;
      await database.execute`DELETE FROM understanding_call WHERE "taskId" = ${id}::bigint`;
      await removeQuestion(database, id);
      await wakeNext(database, userId);
      return true;
    },

    /** Returns a task of this user that has a result; null when there is none with this id. */
    async find(id: number, userId: UserId): Promise<DoneTask | null> {
      const rows = await database.query<unknown[]>`
        SELECT id, "userId", "transcriptionId", kind, options, "messageId", "replyToId", result FROM understanding_task
         WHERE id = ${id}::bigint AND "userId" = ${userId}::bigint AND state IN ('RUNNING', 'DONE') AND result IS NOT NULL
           AND "transcriptionId" IS NOT NULL`;
      return rows[0] === undefined ? null : doneSchema.parse(rows[0]);
    },

    /** Returns the latest results of each kind about a transcript, for its documents. */
    async latest(id: TranscriptionId): Promise<DoneTask[]> {
      const rows = await database.query<unknown[]>`
        SELECT DISTINCT ON (kind) id, "userId", "transcriptionId", kind, options, "messageId", "replyToId", result
          FROM understanding_task
         WHERE "transcriptionId" = ${id}::bigint AND state IN ('RUNNING', 'DONE') AND result IS NOT NULL
         ORDER BY kind, id DESC`;
      return rows.map((row) => doneSchema.parse(row));
    },

    /** Ticks an item of a result, or removes its tick. Resolves to the result as it is now; null without such an item. */
    async tick(id: number, userId: UserId, item: number): Promise<DoneTask | null> {
      const place = ['items', String(item), 'isTicked'];
      const rows = await database.query<unknown[]>`
        UPDATE understanding_task
           SET result = jsonb_set(result, ${place}::text[], to_jsonb(NOT COALESCE((result #>> ${place}::text[])::boolean, false)))
         WHERE id = ${id}::bigint AND "userId" = ${userId}::bigint AND state IN ('RUNNING', 'DONE') AND "transcriptionId" IS NOT NULL
           AND num_nulls(result #> ${place.slice(0, 2)}::text[]) = 0
        RETURNING id, "userId", "transcriptionId", kind, options, "messageId", "replyToId", result`;
      return rows[0] === undefined ? null : doneSchema.parse(rows[0]);
    },
  };
}

/** Deletes a question about all transcripts once it has ended: nothing needs its words any longer. */
async function removeQuestion(database: Database, id: number): Promise<void> {
  await database.execute`DELETE FROM understanding_task WHERE id = ${id}::bigint AND num_nulls("transcriptionId") = 1`;
}

/** Makes the first open task of a user due. Without it, a look every two seconds finds it. */
async function wakeNext(database: Database, userId: UserId): Promise<void> {
  await database.execute`
    UPDATE understanding_task SET "dueAt" = now()
     WHERE state = 'PENDING' AND id = (
       SELECT min(id) FROM understanding_task WHERE "userId" = ${userId}::bigint AND "endedAt" IS NULL)`;
}

const ofTask = {
  id: z.coerce.number(),
  userId: z.coerce.number(),
  kind: z.enum(understandingKinds),
  options: storedOptionsSchema,
  replyToId: z.number(),
  messageId: z.number().nullable(),
};

const leasedSchema: z.ZodType<LeasedTask> = z.object({
  ...ofTask,
  transcriptionId: z.coerce.number().nullable(),
  attempts: z.number(),
  holder: z.string(),
  result: storedResultSchema.nullable(),
  languageCode: z.string().nullable(),
});

const doneSchema: z.ZodType<DoneTask> = z.object({
  ...ofTask,
  transcriptionId: z.coerce.number(),
  result: storedResultSchema,
});
