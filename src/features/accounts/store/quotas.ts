import sql, { type Sql } from 'sql-template-tag';
import type { Quotas } from '../../../app/ports/quotas.ts';
import { type DefaultQuota, daysOfMonth } from '../../../domain/quota.ts';
import type { Database } from '../../../store/client.ts';
import { spentSchema } from '../../../store/rows.ts';

/** Checks users' remaining minutes in PostgreSQL. */
export function createQuotas(
  database: Database,
  { minutesADay, minutesAMonth, timeZone }: DefaultQuota & { readonly timeZone: string },
): Quotas {
  return {
    async refusal(id, seconds) {
      /**
       * SQL of the refusal for one period. What an earlier attempt at the same transcription used
       * is subtracted.
       */
      const refusal = (period: string, days: number, minutes: Sql) => sql`
        quota_refusal(payer.id, ${timeZone}, ${period}, ${days}::int, ${minutes},
          -COALESCE((SELECT round("audioSeconds") FROM usage
                      WHERE "transcriptionId" = t.id AND "endedAt" >= days_begin(${timeZone}, ${days}::int)), 0)::int,
          ${Math.ceil(seconds)}::int)`;
      const month = refusal(
        'month',
        daysOfMonth,
        sql`COALESCE(payer."minutesAMonth", ${minutesAMonth}::int)`,
      );
      const day = refusal('day', 1, sql`COALESCE(payer."minutesADay", ${minutesADay}::int)`);
      const rows = await database.query<{ refusal: unknown }[]>`
        SELECT COALESCE(${month}, ${day}) AS refusal
          FROM transcription t JOIN "user" payer ON payer.id = COALESCE(t."payerId", t."userId")
         WHERE t.id = ${id}::bigint`;
      return spentSchema.nullable().parse(rows[0]?.refusal ?? null);
    },
  };
}
