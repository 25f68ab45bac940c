import sql from 'sql-template-tag';
import { z } from 'zod';
import type { SessionRow, SignIns } from '../../app/admin/file-ports.ts';
import type { Database } from '../client.ts';

/** Time without a request after which a session ends, in minutes. */
const idleMinutes = 120;
/** Maximum length of a session, in minutes. */
const maxMinutes = 24 * 60;
/**
 * Age at which a session key is replaced, in minutes. The old key stays valid for `oldKeySeconds`
 * more.
 */
const keyMinutes = 15;
const oldKeySeconds = 60;

/**
 * Stores the sign-in links and sessions of admins in PostgreSQL. All times are the database's, so
 * that processes agree.
 */
export function createSignIns(database: Database): SignIns {
  return {
    async addLink(linkHash, userId, validMs) {
      await database.execute`
        INSERT INTO admin_link ("linkHash", "userId", "expiresAt")
        VALUES (${linkHash}, ${userId}::bigint, now() + milliseconds(${validMs}))`;
    },
    async redeemLink(linkHash) {
      const rows = await database.query<{ userId: bigint; isGood: boolean }[]>`
        DELETE FROM admin_link WHERE "linkHash" = ${linkHash} RETURNING "userId", "expiresAt" > now() AS "isGood"`;
      return rows[0]?.isGood ? Number(rows[0].userId) : null;
    },
    async createSession({ keyHash, formKey, userId, address }) {
      await database.execute`
        INSERT INTO admin_session ("keyHash", "formKey", "userId", address)
        VALUES (${keyHash}, ${formKey}, ${userId}::bigint, ${address})`;
    },
    async find(keyHash, address) {
      const rows = await database.query<unknown[]>`
        UPDATE admin_session SET "seenAt" = now(), address = ${address}
         WHERE ("keyHash" = ${keyHash}
                OR "oldKeyHash" = ${keyHash} AND "changedAt" > now() - make_interval(secs => ${oldKeySeconds}))
           AND "seenAt" > now() - make_interval(mins => ${idleMinutes}::int)
           AND "createdAt" > now() - make_interval(mins => ${maxMinutes}::int)
        RETURNING id::int, "userId"::float8, "formKey",
                  "keyHash" = ${keyHash} AND "changedAt" < now() - make_interval(mins => ${keyMinutes}::int) AS "isDue"`;
      return rows[0] === undefined ? null : sessionSchema.parse(rows[0]);
    },
    async changeKey(id, keyHash) {
      await database.execute`
        UPDATE admin_session SET "oldKeyHash" = "keyHash", "keyHash" = ${keyHash}, "changedAt" = now()
         WHERE id = ${id}::bigint`;
    },
    async isValid(id) {
      const rows = await database.query<unknown[]>`
        SELECT 1 FROM admin_session WHERE id = ${id}::bigint
           AND "seenAt" > now() - make_interval(mins => ${idleMinutes}::int)
           AND "createdAt" > now() - make_interval(mins => ${maxMinutes}::int)`;
      return rows.length > 0;
    },
    async endSession(id) {
      await database.execute`DELETE FROM admin_session WHERE id = ${id}::bigint`;
    },
    async endAllSessions(userId) {
      return database.execute`DELETE FROM admin_session WHERE "userId" = ${userId}::bigint`;
    },
    async endOneSession(id, userId) {
      const rows = await database.query<{ userId: bigint }[]>`
        DELETE FROM admin_session WHERE id = ${id}::bigint AND "userId" = COALESCE(${userId}::bigint, "userId")
        RETURNING "userId"`;
      return rows[0] === undefined ? null : Number(rows[0].userId);
    },
    async list(userId) {
      const whose = userId === null ? sql`TRUE` : sql`s."userId" = ${userId}::bigint`;
      const rows = await database.query<unknown[]>`
        SELECT s.id::float8, s."userId"::float8, concat_ws(' ', u."firstName", u."lastName") AS "userName",
               s."createdAt" AS since, s."seenAt", s.address
          FROM (SELECT * FROM admin_session s WHERE ${whose}
                   AND s."seenAt" > now() - make_interval(mins => ${idleMinutes}::int)
                   AND s."createdAt" > now() - make_interval(mins => ${maxMinutes}::int)
                 ORDER BY s."seenAt" DESC LIMIT 200) AS s,
               LATERAL (SELECT * FROM "user" WHERE id = s."userId" LIMIT 1) AS u
         ORDER BY s."seenAt" DESC`;
      return z.array(rowSchema).parse(rows);
    },
    async prune() {
      await database.execute`DELETE FROM admin_link WHERE "expiresAt" < now()`;
      await database.execute`
        DELETE FROM admin_session WHERE "seenAt" < now() - make_interval(mins => ${idleMinutes}::int)`;
    },
  };
}

const rowSchema: z.ZodType<SessionRow> = z.object({
  id: z.number(),
  userId: z.number(),
  userName: z.string(),
  since: z.date(),
  seenAt: z.date(),
  address: z.string().nullable(),
});

const sessionSchema = z.object({
  id: z.number(),
  userId: z.number(),
  formKey: z.string(),
  isDue: z.boolean(),
});
