import { z } from 'zod';
import type { ChartPoint, Charts, DayCosts, Span } from '../../app/admin/system-ports.ts';
import { engineIds } from '../../domain/engine-names.ts';
import type { Database } from '../client.ts';
import { costsSchema } from '../costs.ts';

/** Length of a chart in days, and the interval between two of its points. */
const measures: Readonly<Record<Span, { readonly days: number; readonly step: string }>> = {
  day: { days: 1, step: '30 minutes' },
  week: { days: 7, step: '6 hours' },
  month: { days: 30, step: '1 day' },
};

/**
 * Reads the charts of past activity from PostgreSQL: the sums that are stored every ten minutes,
 * and everything that ended since.
 * @param timeZone IANA time zone in which days begin and end
 */
export function createCharts(database: Database, timeZone: string): Charts {
  return {
    async points(span) {
      const { days, step } = measures[span];
      const [row] = await database.query<[{ result: unknown }]>`
        WITH span AS (
          SELECT CASE WHEN ${days}::int = 1
                 THEN date_bin('30 minutes', (now() AT TIME ZONE ${timeZone}) - interval '1 day', '2000-01-01') + interval '30 minutes'
                 ELSE days_begin(${timeZone}, ${days}::int) AT TIME ZONE ${timeZone} END AS since
        ), slots AS (
          SELECT slot FROM span, generate_series(since, now() AT TIME ZONE ${timeZone}, ${step}::interval) AS slot
        ), done AS (
          SELECT date_bin(${step}::interval, past."from" AT TIME ZONE ${timeZone}, since) AS slot, sum(completed) AS files, sum(failed) AS failures, sum("audioSeconds") / 60 AS minutes,
                 sum("waitedSeconds") / NULLIF(sum(waited), 0) AS mean, max("maxWaitSeconds") FILTER (WHERE waited > 0) AS max_wait
            FROM span, activity_since(since AT TIME ZONE ${timeZone}, ${engineIds}::text[]) AS past GROUP BY 1
        )
        SELECT jsonb_agg(jsonb_build_object('at', slot AT TIME ZONE ${timeZone}, 'files', COALESCE(files, 0),
                 'failures', COALESCE(failures, 0), 'minutes', COALESCE(minutes, 0), 'meanWaitSeconds', mean,
                 'maxWaitSeconds', max_wait) ORDER BY slot) AS result
          FROM slots LEFT JOIN done USING (slot)`;
      return z.array(pointSchema).parse(row.result);
    },

    async costs(days) {
      const [row] = await database.query<[{ result: unknown }]>`
        WITH daily AS (
          SELECT date_trunc('day', "from", ${timeZone}) AS day, engine, sum(usd) AS usd, sum(irt) AS irt
            FROM activity_since(days_begin(${timeZone}, ${days}::int), ${engineIds}::text[]) WHERE usd > 0 OR irt > 0 GROUP BY 1, 2
        )
        SELECT COALESCE(jsonb_agg(jsonb_build_object('day', day, 'engine', engine, 'costs', (
                 SELECT jsonb_agg(jsonb_build_object('amount', amount, 'currency', currency))
                   FROM (VALUES (usd, 'USD'), (irt, 'IRT')) AS paid (amount, currency) WHERE amount > 0))
                 ORDER BY day DESC, engine), '[]') AS result FROM daily`;
      return z.array(dayCostsSchema).parse(row.result);
    },

    async storeFinishedPeriods() {
      await database.query`SELECT activity_store(${engineIds}::text[])`;
    },
  };
}

const moment = z.string().transform((text) => new Date(text));

const pointSchema: z.ZodType<ChartPoint> = z.object({
  at: moment,
  files: z.number(),
  failures: z.number(),
  minutes: z.number(),
  meanWaitSeconds: z.number().nullable(),
  maxWaitSeconds: z.number().nullable(),
});

const dayCostsSchema: z.ZodType<DayCosts> = z.object({
  day: moment,
  engine: z.string(),
  costs: costsSchema,
});
