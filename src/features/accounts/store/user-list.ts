import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import type { UserId } from '../../../domain/ids.ts';
import { typedNumber } from '../../../domain/persian/digits.ts';
import type { Database } from '../../../store/client.ts';

/** A user in the list of the admin page. */
export type UserRow = {
  readonly id: UserId;
  readonly name: string;
  readonly username: string | null;
  readonly isAdmin: boolean;
  readonly isBlocked: boolean;
  readonly seenAt: Date;
  /** Number of the user's transcriptions that have not ended. */
  readonly open: number;
};

/** Place in the list of users: after the one seen at this moment, ISO 8601. */
export type UserCursor = { readonly seenAt: string; readonly id: UserId };

export type UserPage = { readonly rows: readonly UserRow[]; readonly next: UserCursor | null };

/** All users, for admins. */
export type UserList = {
  /**
   * Returns the users, the one seen last first.
   * @param search a number, an @name, or a part of a name; empty: all users
   */
  list(search: string, before: UserCursor | null, limit: number): Promise<UserPage>;
};

/**
 * Maximum number of users read for one page, those seen last first. Rarer names are found page by
 * page.
 */
const maxSearchedRows = 5_000;

/** Lists users from PostgreSQL, those seen last first. */
export function createUserList(database: Database): UserList {
  return {
    async list(search, before, limit) {
      const condition = conditionOf(search);
      const window = condition === null ? limit : maxSearchedRows;
      const from =
        before === null
          ? sql`TRUE`
          : sql`(COALESCE(u."lastSeenAt", u."createdAt"), u.id) < (${before.seenAt}::timestamptz, ${before.id}::bigint)`;
      const [found] = await database.query<[{ rows: unknown; last: unknown }]>`
        WITH looked AS MATERIALIZED (
          SELECT u.*, COALESCE(u."lastSeenAt", u."createdAt") AS seen FROM "user" u
           WHERE ${exactlyOf(search)} AND ${from}
           ORDER BY COALESCE(u."lastSeenAt", u."createdAt") DESC, u.id DESC LIMIT ${window}::int
        ), wanted AS (
          SELECT * FROM looked u WHERE ${condition ?? sql`TRUE`} ORDER BY seen DESC, id DESC LIMIT ${limit}::int
        )
        SELECT (SELECT CASE WHEN count(*) = ${window}::int THEN (
                  SELECT jsonb_build_object('seenAt', seen, 'id', id) FROM looked ORDER BY seen, id LIMIT 1) END
                  FROM looked) AS last,
               COALESCE((SELECT jsonb_agg(jsonb_build_object(
                 'id', w.id, 'name', concat_ws(' ', w."firstName", w."lastName"), 'username', w.username,
                 'isAdmin', w.role = 'ADMIN', 'isBlocked', w."blockedAt" IS NOT NULL, 'seenAt', w.seen,
                 'open', COALESCE(l.open, 0)) ORDER BY w.seen DESC, w.id DESC)
                 FROM wanted w LEFT JOIN lane l ON l."userId" = w.id), '[]') AS rows`;
      const rows = z.array(rowSchema).parse(found.rows);
      const lastShown = rows.at(-1);
      const page: UserPage = {
        rows,
        next:
          rows.length === limit && lastShown !== undefined
            ? { seenAt: lastShown.seenAt.toISOString(), id: lastShown.id }
            : cursorSchema.parse(found.last),
      };
      return page;
    },
  };
}

/** Returns the condition for a search that an index answers: an id, or an @username. */
function exactlyOf(search: string): Sql {
  const id = typedNumber(search);
  if (id !== null) return sql`u.id = ${id}::bigint`;
  if (/^@\w+$/.test(search))
    return sql`lower(u.username) = lower(${search.slice(1)}) AND u.username IS NOT NULL`;
  return sql`TRUE`;
}

function conditionOf(search: string): Sql | null {
  if (search === '' || typedNumber(search) !== null || /^@\w+$/.test(search)) return null;
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`concat_ws(' ', u."firstName", u."lastName", u.username) ILIKE ${pattern}`;
}

const rowSchema: z.ZodType<UserRow> = z.object({
  id: z.number(),
  name: z.string(),
  username: z.string().nullable(),
  isAdmin: z.boolean(),
  isBlocked: z.boolean(),
  seenAt: z.string().transform((text) => new Date(text)),
  open: z.number(),
});

const cursorSchema = z.object({ seenAt: z.string(), id: z.number() }).nullable();
