import sql, { join, raw } from 'sql-template-tag';
import { z } from 'zod';
import type { Account, UserRole } from '../../../domain/account.ts';
import type { Cost } from '../../../domain/engine.ts';
import type { TranscriptionId, UserId } from '../../../domain/ids.ts';
import { type TextLanguage, textLanguages } from '../../../domain/languages.ts';
import { daysOfMonth, type OwnLimit, type Quota } from '../../../domain/quota.ts';
import type { Transcription, Upload } from '../../../domain/transcription.ts';
import type { Database } from '../../../store/client.ts';
import { costsSchema } from '../../../store/costs.ts';
import { transcriptionSchema } from '../../../store/rows.ts';
import { prepared } from '../../../store/statement.ts';

/** Value of a column of minutes that means "no limit". */
const noLimit = -1;

/** Minimum time between two refusals of the same user's messages, in ms. */
export const quietMs = 6 * 3_600_000;

/**
 * Usage of a user: today and in the last 30 days, by the calendar of TIME_ZONE, and in transcriptions that have not
 * ended.
 */
export type Consumption = {
  readonly today: Amount;
  readonly month: Amount & { readonly costs: readonly Cost[] };
  /** Transcriptions that have not ended; seconds as announced. */
  readonly open: Amount;
};

type Amount = { readonly files: number; readonly seconds: number };

/** Accounts of the users. */
export type Accounts = ReturnType<typeof createAccounts>;

/**
 * Stores the accounts of users in PostgreSQL.
 * @param timeZone IANA time zone in which days begin and end
 */
export function createAccounts(database: Database, timeZone: string) {
  return {
    /**
     * Returns the account of a user who has just written; creates it at the first contact and updates its names from
     * Telegram.
     */
    async upsert({ id, ...names }: Upload['user']): Promise<Account> {
      const account = JSON.stringify({ userId: id, ...names });
      const [row] = await database.query<[{ account: unknown }]>(prepared`
        SELECT to_jsonb(account_upsert(${account}::jsonb)) AS account`);
      return accountSchema.parse(row.account);
    },

    /**
     * Does the same for a user who has pressed a button under a status message, and returns the user's own
     * transcription with this id; null when there is none. It saves a round trip.
     */
    async press(
      { id, ...names }: Upload['user'],
      pressed: TranscriptionId,
    ): Promise<{ account: Account; file: Transcription | null }> {
      const account = JSON.stringify({ userId: id, ...names });
      const [row] = await database.query<[{ account: unknown; file: unknown }]>(prepared`
        SELECT to_jsonb(account_upsert(${account}::jsonb)) AS account,
               (SELECT to_jsonb(t) || jsonb_build_object('languageCode', u."languageCode")
                  FROM transcription t JOIN "user" u ON u.id = t."userId"
                 WHERE t.id = ${pressed}::bigint AND t."userId" = ${id}::bigint) AS file`);
      return {
        account: accountSchema.parse(row.account),
        file: transcriptionSchema.nullable().parse(row.file),
      };
    },

    async find(id: UserId): Promise<Account | null> {
      const rows = await database.query<{ account: unknown }[]>`
        SELECT to_jsonb(u) AS account FROM "user" u WHERE id = ${id}::bigint`;
      return rows[0] === undefined ? null : accountSchema.parse(rows[0].account);
    },

    /** Finds a user by Telegram's @name, regardless of case; the latest user who had it. */
    async findByName(username: string): Promise<Account | null> {
      // A username can move to another account; the account seen last with it has it now.
      const rows = await database.query<{ account: unknown }[]>`
        SELECT to_jsonb(u) AS account FROM "user" u
         WHERE lower(username) = lower(${username}) AND username IS NOT NULL
         ORDER BY "lastSeenAt" DESC NULLS LAST LIMIT 1`;
      return rows[0] === undefined ? null : accountSchema.parse(rows[0].account);
    },

    /** Resolves to true once in `pauseMs` (ms): the user should then be told that they may not use the bot. */
    async recordRefusal(id: UserId, pauseMs: number): Promise<boolean> {
      const told = await database.execute`
        UPDATE "user" SET "refusalToldAt" = now()
         WHERE id = ${id}::bigint AND ("refusalToldAt" IS NULL OR "refusalToldAt" < now() - milliseconds(${pauseMs}))`;
      return told > 0;
    },

    /**
     * Blocks or unblocks. This method and the next four resolve to false when there is no such user, or nothing to
     * change.
     */
    async setBlocked(id: UserId, blocked: boolean): Promise<boolean> {
      const changed = await database.execute`
        UPDATE "user" SET "blockedAt" = CASE WHEN ${blocked} THEN now() END, "refusalToldAt" = NULL
         WHERE id = ${id}::bigint AND ("blockedAt" IS NOT NULL) <> ${blocked}`;
      return changed > 0;
    },

    /** Admits a user as if with an invitation. */
    async admit(id: UserId): Promise<boolean> {
      const admitted = await database.execute`
        UPDATE "user" SET "admittedAt" = now() WHERE id = ${id}::bigint AND "admittedAt" IS NULL`;
      return admitted > 0;
    },

    async setRole(id: UserId, role: UserRole): Promise<boolean> {
      const changed = await database.execute`
        UPDATE "user" SET role = ${role}::role WHERE id = ${id}::bigint AND role <> ${role}::role`;
      return changed > 0;
    },

    async setQuota(id: UserId, quota: Partial<Quota>): Promise<boolean> {
      // The names come from our own type, never from a user.
      const columns = Object.entries(quota).map(
        ([name, limit]) => sql`${raw(`"${name}"`)} = ${limit === 'unlimited' ? noLimit : limit}`,
      );
      const changed = await database.execute(
        sql`UPDATE "user" SET ${join([...columns, sql`id = id`])} WHERE id = ${id}::bigint`,
      );
      return changed > 0;
    },

    async setWantsBroadcasts(id: UserId, wanted: boolean): Promise<boolean> {
      const changed = await database.execute`
        UPDATE "user" SET "wantsBroadcasts" = ${wanted} WHERE id = ${id}::bigint AND "wantsBroadcasts" <> ${wanted}`;
      return changed > 0;
    },

    /**
     * Sets the language of the texts.
     * @param chosen null: the language that Telegram reports
     * @param telegrams the language that Telegram reports now
     */
    async setLanguage(id: UserId, chosen: TextLanguage | null, telegrams: string | null): Promise<void> {
      await database.execute`
        UPDATE "user" SET "chosenLanguage" = ${chosen}, "languageCode" = ${chosen ?? telegrams}
         WHERE id = ${id}::bigint`;
    },

    /** Returns how much of the quota a user has used. */
    async spent(id: UserId): Promise<Consumption> {
      const [row] = await database.query<[{ spent: unknown }]>`
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
    wantsBroadcasts: z.boolean(),
    minutesADay: ownMinutes,
    minutesAMonth: ownMinutes,
    maxOpenFiles: z.number().nullable(),
  })
  .transform(({ minutesADay, minutesAMonth, maxOpenFiles, ...account }): Account => {
    const quota: Quota = { minutesADay, minutesAMonth, maxOpenFiles };
    return { ...account, quota };
  });

const amount = { files: z.number(), seconds: z.number() };

const spentSchema: z.ZodType<Consumption> = z.object({
  today: z.object(amount),
  month: z.object({ ...amount, costs: costsSchema }),
  open: z.object(amount),
});
