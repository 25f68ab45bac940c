import sql, { empty, join, type Sql } from 'sql-template-tag';
import { z } from 'zod';
import type { FileFilter, FileRow, Files } from '../../app/admin/file-ports.ts';
import { mediaKinds, transcriptionStates } from '../../domain/transcription.ts';
import type { Database } from '../client.ts';
import { transcriptionSchema } from '../rows.ts';
import { conditionsOf, exactSearch, ofState, openStates } from './file-filter.ts';
import { readFileStory } from './file-story.ts';

/**
 * Maximum number of transcriptions read for one page, newest first. Rarer matches are found page by
 * page.
 */
const maxSearchedRows = 5_000;

/** Lists all transcriptions from PostgreSQL, in pages by id, which grows with time. */
export function createFiles(database: Database): Files {
  return {
    async list(filter, before, limit) {
      const { rows: wanted, oldest } = await readPage(filter, before, limit);
      const rows = z.array(rowSchema).parse(wanted);
      const last = rows.at(-1)?.id ?? null;
      return { rows, next: rows.length === limit ? last : oldest };
    },
    story: (id) => readFileStory(database, id),
    async find(id) {
      const rows = await database.query<{ file: unknown }[]>`
        SELECT to_jsonb(t) || jsonb_build_object('languageCode', u."languageCode") AS file
          FROM transcription t JOIN "user" u ON u.id = t."userId" WHERE t.id = ${id}::bigint`;
      return rows[0] === undefined ? null : transcriptionSchema.parse(rows[0].file);
    },
  };

  /**
   * Returns one page of rows. `oldest` is the oldest id that was read; null when nothing older
   * exists.
   */
  async function readPage(filter: FileFilter, before: number | null, limit: number) {
    const exact = exactSearch(filter);
    const conditions = conditionsOf(filter);
    // For one user, the state is checked row by row. Otherwise an index on the state is used where
    // there is one.
    const states = exact === null ? statesOf(filter) : [];
    if (filter.state !== null && states.length === 0) conditions.push(stateCondition(filter.state));
    const window = conditions.length > 0 ? maxSearchedRows : limit;
    const from = before === null ? empty : sql`AND t.id < ${before}::bigint`;
    const scopes = states.length === 0 ? [exact ?? sql`TRUE`] : states;
    const scopeQueries = scopes.map(
      (scope) =>
        sql`(SELECT t.* FROM transcription t WHERE ${scope} ${from} ORDER BY t.id DESC LIMIT ${window}::int)`,
    );
    const [found] = await database.query<[{ rows: unknown[]; oldest: number | null }]>`
      WITH looked AS MATERIALIZED (
        SELECT * FROM (${join(scopeQueries, ' UNION ALL ')}) AS t ORDER BY t.id DESC LIMIT ${window}::int
      ), wanted AS (
        SELECT t.*, u."firstName", u."lastName", u.username
          -- LATERAL, one by one: a plain join would read all users.
          FROM looked t, LATERAL (SELECT * FROM "user" WHERE id = t."userId" LIMIT 1) AS u WHERE ${conditions.length > 0 ? join(conditions, ' AND ') : sql`TRUE`} ORDER BY t.id DESC LIMIT ${limit}::int
      )
      SELECT (SELECT CASE WHEN count(*) = ${window}::int THEN min(id)::float8 END FROM looked) AS oldest,
             COALESCE((SELECT jsonb_agg(jsonb_build_object(
               'id', w.id, 'userId', w."userId", 'userName', concat_ws(' ', w."firstName", w."lastName"),
               'username', w.username, 'kind', w.kind, 'fileName', CASE WHEN w.purpose IS NULL THEN w."fileName" END,
               'seconds', COALESCE(g."audioSeconds", w."announcedSeconds"), 'engine', w.engine, 'state', w.state,
               'stage', CASE WHEN w.state = 'PROCESSING' THEN l.stage END,
               'fraction', CASE WHEN w.state = 'PROCESSING' THEN l.fraction END,
               'createdAt', w."createdAt",
               'waitedSeconds', EXTRACT(EPOCH FROM COALESCE(w."startedAt", w."finishedAt", now()) - w."createdAt"),
               'waits', w."startedAt" IS NULL AND w."finishedAt" IS NULL,
               'cost', g.cost, 'currency', g.currency, 'errorCode', w."errorCode") ORDER BY w.id DESC)
               FROM wanted w LEFT JOIN usage g ON g."transcriptionId" = w.id
                             LEFT JOIN lane l ON l."activeId" = w.id), '[]') AS rows`;
    return found;
  }
}

/** Returns the conditions of the states that an index covers; empty when it covers none of them. */
function statesOf({ state }: FileFilter): Sql[] {
  if (state === null) return [];
  return (state === 'OPEN' ? openStates : [state]).flatMap((one) => ofState(one) ?? []);
}

function stateCondition(state: NonNullable<FileFilter['state']>): Sql {
  return state === 'OPEN' ? sql`is_open(t.state)` : sql`t.state = ${state}::transcription_state`;
}

const rowSchema: z.ZodType<FileRow> = z.object({
  id: z.number(),
  userId: z.number(),
  userName: z.string(),
  username: z.string().nullable(),
  kind: z.enum(mediaKinds),
  fileName: z.string().nullable(),
  seconds: z.number().nullable(),
  engine: z.string().nullable(),
  state: z.enum(transcriptionStates),
  stage: z.string().nullable(),
  fraction: z.number().nullable(),
  createdAt: z.string().transform((text) => new Date(text)),
  waitedSeconds: z.number().nullable(),
  waits: z.boolean(),
  cost: z.number().nullable(),
  currency: z.string().nullable(),
  errorCode: z.string().nullable(),
});
