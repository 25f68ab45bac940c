import { z } from 'zod';
import type { Accounts, Consumption } from '../../app/accounts/ports.ts';
import type { Account } from '../../domain/account.ts';
import { textLanguages } from '../../domain/languages.ts';
import { daysOfMonth, type OwnLimit, type Quota } from '../../domain/quota.ts';
import type { Database } from '../client.ts';
import { costsSchema } from './costs.ts';

/** Value of a column of minutes that means "no limit". */
const noLimit = -1;

/**
 * Stores the accounts of users in PostgreSQL.
 * @param timeZone IANA time zone in which days begin and end
 */
export function createAccounts(database: Database, timeZone: string): Accounts {
  return {
    async upsert({ id, ...names }) {
      const person = JSON.stringify({ userId: id, ...names });
      const [row] = await database.$queryRaw<[{ account: unknown }]>`
        SELECT to_jsonb(account_upsert(${person}::jsonb)) AS account`;
      return accountSchema.parse(row.account);
    },

    async find(id) {
      const rows = await database.$queryRaw<{ account: unknown }[]>`
        SELECT to_jsonb(u) AS account FROM "user" u WHERE id = ${id}::bigint`;
      return rows[0] === undefined ? null : accountSchema.parse(rows[0].account);
    },

    async findByName(username) {
      // A username can move to another account; the account seen last with it has it now.
      const rows = await database.$queryRaw<{ account: unknown }[]>`
        SELECT to_jsonb(u) AS account FROM "user" u
         WHERE lower(username) = lower(${username}) AND username IS NOT NULL
         ORDER BY "lastSeenAt" DESC NULLS LAST LIMIT 1`;
      return rows[0] === undefined ? null : accountSchema.parse(rows[0].account);
    },

    async noteRefusal(id, quietMs) {
      const told = await database.$executeRaw`
        UPDATE "user" SET "refusalToldAt" = now()
         WHERE id = ${id}::bigint AND ("refusalToldAt" IS NULL OR "refusalToldAt" < now() - milliseconds(${quietMs}))`;
      return told > 0;
    },

    async setBlocked(id, blocked) {
      const changed = await database.$executeRaw`
        UPDATE "user" SET "blockedAt" = CASE WHEN ${blocked} THEN now() END, "refusalToldAt" = NULL
         WHERE id = ${id}::bigint AND ("blockedAt" IS NOT NULL) <> ${blocked}`;
      return changed > 0;
    },

    async admit(id) {
      const admitted = await database.$executeRaw`
        UPDATE "user" SET "admittedAt" = now() WHERE id = ${id}::bigint AND "admittedAt" IS NULL`;
      return admitted > 0;
    },

    async setRole(id, role) {
      const { count } = await database.user.updateMany({
        where: { id, role: { not: role } },
        data: { role },
      });
      return count > 0;
    },

    async setQuota(id, quota) {
      const data = Object.fromEntries(
        Object.entries(quota).map(([name, limit]) => [name, limit === 'unlimited' ? noLimit : limit]),
      );
      const { count } = await database.user.updateMany({ where: { id }, data });
      return count > 0;
    },

    async setAnnouncements(id, wanted) {
      const where = { id, announcements: !wanted };
      const { count } = await database.user.updateMany({ where, data: { announcements: wanted } });
      return count > 0;
    },

    async setLanguage(id, chosen, telegrams) {
      const data = { chosenLanguage: chosen, languageCode: chosen ?? telegrams };
      await database.user.updateMany({ where: { id }, data });
    },

    async spent(id) {
      const [row] = await database.$queryRaw<[{ spent: unknown }]>`
        WITH used AS (
          SELECT "audioSeconds", cost, currency, "endedAt" >= days_begin(${timeZone}, 1) AS today FROM usage
           WHERE "userId" = ${id}::bigint AND "endedAt" >= days_begin(${timeZone}, ${daysOfMonth}::int)
        ), costs AS (
          SELECT currency, sum(cost) AS amount FROM used WHERE cost IS NOT NULL GROUP BY currency
        )
        SELECT jsonb_build_object(
          'today', (SELECT jsonb_build_object('files', count(*), 'seconds', COALESCE(sum("audioSeconds"), 0)) FROM used WHERE today),
          'month', (SELECT jsonb_build_object('files', count(*), 'seconds', COALESCE(sum("audioSeconds"), 0),
                    'costs', (SELECT COALESCE(jsonb_agg(costs ORDER BY currency), '[]') FROM costs)) FROM used),
          'open', (SELECT jsonb_build_object('files', COALESCE(max(open), 0), 'seconds', open_seconds(${id}::bigint))
                     FROM lane WHERE "userId" = ${id}::bigint)) AS spent`;
      return spentSchema.parse(row.spent);
    },
  };
}

const moment = z.string().transform((text) => new Date(text));

const ownMinutes = z
  .number()
  .nullable()
  .transform((limit): OwnLimit => (limit === noLimit ? 'unlimited' : limit));

const accountSchema = z
  .object({
    id: z.number(),
    firstName: z.string(),
    lastName: z.string().nullable(),
    username: z.string().nullable(),
    languageCode: z.string().nullable(),
    chosenLanguage: z.enum(textLanguages).nullable(),
    role: z.enum(['USER', 'ADMIN']),
    createdAt: moment,
    lastSeenAt: moment.nullable(),
    blockedAt: moment.nullable(),
    admittedAt: moment.nullable(),
    announcements: z.boolean(),
    minutesADay: ownMinutes,
    minutesAMonth: ownMinutes,
    waitingFiles: z.number().nullable(),
  })
  .transform(({ minutesADay, minutesAMonth, waitingFiles, ...account }): Account => {
    const quota: Quota = { minutesADay, minutesAMonth, waitingFiles };
    return { ...account, quota };
  });

const amount = { files: z.number(), seconds: z.number() };

const spentSchema: z.ZodType<Consumption> = z.object({
  today: z.object(amount),
  month: z.object({ ...amount, costs: costsSchema }),
  open: z.object(amount),
});
