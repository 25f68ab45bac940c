import { z } from 'zod';
import type { UserId } from '../../../domain/ids.ts';
import { daysOfMonth } from '../../../domain/quota.ts';
import type { Database } from '../../../store/client.ts';
import type { SpentMoney, SpentSums } from '../budget.ts';

/** What the language model cost. */
export type Spends = SpentSums & {
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
 */
export function createSpends(database: Database, currency: string | null, timeZone: string): Spends {
  /** @param except a task whose reservation is not counted; 0 for none */
  async function sums(userId: UserId, except: number): Promise<SpentMoney> {
    const [row] = await database.query<unknown[]>`
      WITH spent AS (
        SELECT "userId" = ${userId}::bigint AS is_own, at >= days_begin(${timeZone}, 1) AS is_today, amount
          FROM understanding_spend
         WHERE at >= days_begin(${timeZone}, ${daysOfMonth}::int) AND currency = ${currency}
        UNION ALL
        SELECT "userId" = ${userId}::bigint, true, reserved
          FROM understanding_task WHERE "endedAt" IS NULL AND id <> ${except}::bigint
      )
      SELECT COALESCE(sum(amount) FILTER (WHERE is_own AND is_today), 0) AS "userDay",
             COALESCE(sum(amount) FILTER (WHERE is_own), 0) AS "userMonth",
             COALESCE(sum(amount) FILTER (WHERE is_today), 0) AS "allDay",
             COALESCE(sum(amount), 0) AS "allMonth" FROM spent`;
    return sumsSchema.parse(row);
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

const sumsSchema: z.ZodType<SpentMoney> = z.object({
  userDay: z.number(),
  userMonth: z.number(),
  allDay: z.number(),
  allMonth: z.number(),
});
