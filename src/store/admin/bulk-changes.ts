import sql, { join, raw, type Sql } from 'sql-template-tag';
import { z } from 'zod';
import {
  type BulkAction,
  type BulkChange,
  type BulkChanges,
  bulkActions,
  type TakenBulkChange,
} from '../../app/admin/bulk-ports.ts';
import type { FileFilter } from '../../app/admin/file-ports.ts';
import { engineIds } from '../../domain/engine-names.ts';
import { mediaKinds, type TranscriptionState, transcriptionStates } from '../../domain/transcription.ts';
import type { Database } from '../client.ts';
import { transcriptionSchema } from '../rows.ts';
import { conditionsOf, exactSearch, ofState, openStates } from './file-filter.ts';

/** Maximum number of transcriptions of each state that a count reads. */
const maxCounted = 10_000;

/** Maximum number of transcriptions of a state that are read to find the next few that match a filter. */
const lookedThrough = 200;

/** Bulk changes that have begun and that no process works on. */
const unheld = sql`FROM bulk_change WHERE state = 'OPEN' AND "startsAt" <= now()
  AND ("leaseUntil" IS NULL OR "leaseUntil" < now())`;

/** Is true when there is a bulk change that has not ended, begun or not. */
export const isBulkChangeOpen = () => sql`EXISTS (SELECT FROM bulk_change WHERE state = 'OPEN')`;

/** Is true when `lease` would find a bulk change. */
export const isBulkChangeDue = () => sql`EXISTS (SELECT ${unheld})`;

/** Stores bulk changes in PostgreSQL and finds the transcriptions that they apply to. */
export function createBulkChanges(database: Database): BulkChanges {
  return {
    async count(action, filter) {
      const conditions = statesOf(action, filter).map(
        (state) => sql`(SELECT t.* FROM transcription t WHERE ${ofState(state)} LIMIT ${maxCounted}::int)`,
      );
      if (conditions.length === 0) return { count: 0, isMore: false };
      const [row] = await database.query<[{ count: number; isMore: boolean }]>`
        WITH looked AS MATERIALIZED (SELECT * FROM (${join(conditions, ' UNION ALL ')}) AS t)
        SELECT (SELECT count(*)::int FROM ${wanted(filter)}) AS count,
               EXISTS (SELECT FROM looked GROUP BY state HAVING count(*) >= ${maxCounted}::int) AS "isMore"`;
      return row;
    },

    async add(action, filter, madeBy, expected, delayMs) {
      const [row] = await database.query<[{ id: bigint }]>`
        INSERT INTO bulk_change (action, filter, "madeById", expected, "startsAt", "lastId")
        VALUES (${action}, ${JSON.stringify(filter)}::jsonb, ${madeBy}::bigint, ${expected}::int,
                now() + milliseconds(${delayMs}), COALESCE((SELECT max(id) FROM transcription), 0))
        RETURNING id`;
      return Number(row.id);
    },

    async find(id) {
      const rows = await database.query<{ change: unknown }[]>`
        SELECT to_jsonb(c) AS change FROM bulk_change c WHERE id = ${id}::bigint`;
      return rows[0] === undefined ? null : changeSchema.parse(rows[0].change);
    },

    async listUnended() {
      const rows = await database.query<{ change: unknown }[]>`
        SELECT to_jsonb(c) AS change FROM bulk_change c WHERE state = 'OPEN' ORDER BY id DESC LIMIT 20`;
      return rows.map(({ change }) => changeSchema.parse(change));
    },

    async stop(id) {
      const stopped = await database.execute`
        UPDATE bulk_change SET state = 'STOPPED', "endedAt" = now() WHERE id = ${id}::bigint AND state = 'OPEN'`;
      return stopped > 0;
    },

    async lease(holder, taskLeaseMs) {
      const rows = await database.query<{ change: unknown }[]>`
        UPDATE bulk_change c SET holder = ${holder}, "leaseUntil" = now() + milliseconds(${taskLeaseMs})
         WHERE id = (SELECT id ${unheld} ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING to_jsonb(c) AS change`;
      return rows[0] === undefined ? null : takenSchema.parse(rows[0].change);
    },

    async next({ id, action, filter }, { step, cursor }, limit) {
      const state = statesOf(action, filter)[step];
      if (state === undefined) return { files: [], place: null };
      // Cancels from the end of the lane, so that no waiting transcription starts in between.
      // Failed ones are retried in the order in which they arrived.
      const order = raw(action === 'cancel' ? 'DESC' : 'ASC');
      const beyond = raw(action === 'cancel' ? '<' : '>');
      const from = cursor === null ? sql`TRUE` : sql`t.id ${beyond} ${cursor}::bigint`;
      const [row] = await database.query<[{ files: unknown; last: number | null; isWhole: boolean }]>`
        WITH looked AS MATERIALIZED (
          SELECT t.* FROM transcription t WHERE ${ofState(state)} AND ${from}
             AND t.id <= (SELECT "lastId" FROM bulk_change WHERE id = ${id}::bigint)
           ORDER BY t.id ${order} LIMIT ${lookedThrough}::int
        ), chosen AS (
          SELECT * FROM ${wanted(filter)} ORDER BY id ${order} LIMIT ${limit}::int
        )
        SELECT COALESCE((SELECT jsonb_agg(to_jsonb(c) - 'firstName' - 'lastName' ORDER BY c.id ${order}) FROM chosen c), '[]') AS files,
               (SELECT id::float8 FROM looked ORDER BY id ${raw(action === 'cancel' ? 'ASC' : 'DESC')} LIMIT 1) AS last,
               (SELECT count(*) < ${lookedThrough}::int FROM looked) AS "isWhole"`;
      const files = z.array(transcriptionSchema).parse(row.files);
      const lastFile = files.at(-1)?.id ?? null;
      if (files.length === limit) return { files, place: { step, cursor: lastFile } };
      const place = row.isWhole ? { step: step + 1, cursor: null } : { step, cursor: row.last };
      return { files, place: statesOf(action, filter)[place.step] === undefined ? null : place };
    },

    async saveProgress({ id, holder }, { step, cursor }, { done, skipped }, taskLeaseMs) {
      const marked = await database.execute`
        UPDATE bulk_change SET step = ${step}::int, "cursorId" = ${cursor}::bigint, done = done + ${done}::int,
               skipped = skipped + ${skipped}::int, "leaseUntil" = now() + milliseconds(${taskLeaseMs})
         WHERE id = ${id}::bigint AND holder = ${holder} AND state = 'OPEN'`;
      if (marked === 0 && done + skipped > 0)
        // Stopped while the last transcriptions were changed: they still count.
        await database.execute`
          UPDATE bulk_change SET done = done + ${done}::int, skipped = skipped + ${skipped}::int
           WHERE id = ${id}::bigint AND holder = ${holder}`;
      return marked > 0;
    },

    async finish({ id, holder }) {
      await database.execute`
        UPDATE bulk_change SET state = 'DONE', "endedAt" = now()
         WHERE id = ${id}::bigint AND holder = ${holder} AND state = 'OPEN'`;
    },

    async release({ id, holder }) {
      await database.execute`
        UPDATE bulk_change SET holder = NULL, "leaseUntil" = NULL WHERE id = ${id}::bigint AND holder = ${holder}`;
    },
  };
}

/** Returns the rows of `looked` that match the filter, with their user's language. */
function wanted(filter: FileFilter): Sql {
  const conditions = [exactSearch(filter) ?? sql`TRUE`, ...conditionsOf(filter)];
  return sql`(SELECT t.*, u."languageCode", u."firstName", u."lastName" FROM looked t,
    LATERAL (SELECT * FROM "user" WHERE id = t."userId" LIMIT 1) AS u WHERE ${join(conditions, ' AND ')}) AS wanted`;
}

/** Returns the states that the action applies to, limited to those that the filter allows. */
function statesOf(action: BulkAction, { state }: FileFilter): readonly TranscriptionState[] {
  const possible: readonly TranscriptionState[] = action === 'cancel' ? openStates : ['FAILED'];
  if (state === null) return possible;
  if (state === 'OPEN') return action === 'cancel' ? possible : [];
  return possible.filter((one) => one === state);
}

const moment = z.string().transform((text) => new Date(text));

const filterSchema: z.ZodType<FileFilter> = z.object({
  state: z.enum(['OPEN', ...transcriptionStates] as const).nullable(),
  engine: z.enum(engineIds).nullable(),
  kind: z.enum(mediaKinds).nullable(),
  search: z.string(),
});

const changeShape = {
  id: z.number(),
  action: z.enum(bulkActions),
  filter: filterSchema,
  madeById: z.number(),
  createdAt: moment,
  startsAt: moment,
  state: z.enum(['OPEN', 'DONE', 'STOPPED']),
  expected: z.number(),
  done: z.number(),
  skipped: z.number(),
};

const changeSchema = z
  .object(changeShape)
  .transform(({ madeById, ...change }): BulkChange => ({ ...change, madeBy: madeById }));

const takenSchema = z
  .object({ ...changeShape, holder: z.string(), step: z.number(), cursorId: z.number().nullable() })
  .transform(
    ({ madeById, step, cursorId, ...change }): TakenBulkChange => ({
      ...change,
      madeBy: madeById,
      place: { step, cursor: cursorId },
    }),
  );
