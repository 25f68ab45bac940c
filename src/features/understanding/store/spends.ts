import sql from 'sql-template-tag';
import { z } from 'zod';
import type { UserId } from '../../../domain/ids.ts';
import { daysOfMonth } from '../../../domain/quota.ts';
import type { Database } from '../../../store/client.ts';
import type { BudgetLimits, SpentMoney } from '../budget.ts';

/** What the language model cost. */
export type Spends = {
  /** Returns the sums that concern a user. */
  spentFor(userId: UserId): Promise<SpentMoney>;
  /**
   * Reserves the most that a task can cost, and resolves to what is spent or reserved by everything else. Two tasks that
   * start at once see each other, so that both together stay within a limit.
   */
  reserve(taskId: number, userId: UserId, amount: number): Promise<SpentMoney>;
};

/**
 * Stores in PostgreSQL what the language model cost.
 * @param currency of the model; what was spent in another one counts towards no limit
 * @param timeZone IANA time zone in which days begin
 * @param limits which of them are set: sums of all users read every call of a month, and are 0 where no limit needs them
 */
export function createSpends(
  database: Database,
  currency: string | null,
  timeZone: string,
  limits: BudgetLimits,
): Spends {
  const needsAll = limits.allDay !== null || limits.allMonth !== null;

  /**
   * Returns the sums of a user, or of all.
   * @param except a task whose reservation is not counted; 0 for none
   */
  async function sumsOf(user: UserId | null, except: number): Promise<{ day: number; month: number }> {
    const ofSpend = user === null ? sql`true` : sql`"userId" = ${user}::bigint`;
    const [row] = await database.query<unknown[]>(sql`
      WITH spent AS (
        SELECT at >= days_begin(${timeZone}, 1) AS is_today, amount FROM understanding_spend
         WHERE at >= days_begin(${timeZone}, ${daysOfMonth}::int) AND currency = ${currency} AND ${ofSpend}
        UNION ALL
        SELECT true, reserved FROM understanding_task
         WHERE "endedAt" IS NULL AND id <> ${except}::bigint AND ${ofSpend}
      )
      SELECT COALESCE(sum(amount) FILTER (WHERE is_today), 0) AS day, COALESCE(sum(amount), 0) AS month FROM spent`);
    return sumsSchema.parse(row);
  }
  async function sums(userId: UserId, except: number): Promise<SpentMoney> {
    const own = await sumsOf(userId, except);
    const all = needsAll ? await sumsOf(null, except) : { day: 0, month: 0 };
    return { userDay: own.day, userMonth: own.month, allDay: all.day, allMonth: all.month };
  }
  return {
    spentFor: (userId) => sums(userId, 0),
    async reserve(taskId, userId, amount) {
      await database.execute`
        UPDATE understanding_task SET reserved = ${amount}::float8 WHERE id = ${taskId}::bigint AND state = 'RUNNING'`;
      return sums(userId, taskId);
    },
  };
}

const sumsSchema = z.object({ day: z.number(), month: z.number() });
