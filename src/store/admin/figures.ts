import { z } from 'zod';
import type { EngineFigures, FailureGroup, Figures, Totals } from '../../app/admin/figures.ts';
import { preparationStages } from '../../domain/engine.ts';
import { engineIds } from '../../domain/engine-names.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import type { Database } from '../client.ts';
import { costsSchema } from '../costs.ts';
import { toUnavailable } from '../engine-reports.ts';

/** Error codes that count against an engine. The other codes concern the upload or Dabir itself. */
const enginesFault: readonly ErrorCode[] = [
  'engine_unavailable',
  'engine_account',
  'engine_rejected',
  'engine_failed',
  'engine_response_unknown',
  'chunks_missing',
  'deadline_exceeded',
];

/** Number of latest ended transcriptions from which an engine's success rate is computed. */
const judgedFiles = 100;

/** Maximum number of failures read for each engine; more of them would not change the list of causes. */
const readFailures = 200;

/**
 * Reads the figures for admins from PostgreSQL.
 * @param timeZone IANA time zone in which days begin and end
 */
export function createFigures(database: Database, timeZone: string): Figures {
  const ask = async <T>(schema: z.ZodType<T>, query: Promise<{ result: unknown }[]>): Promise<T> =>
    schema.parse((await query)[0]?.result);
  return {
    totals: (days) =>
      ask(
        totalsSchema,
        database.query`
          WITH used AS (
            SELECT "userId", "audioSeconds", cost, currency FROM usage WHERE "endedAt" >= days_begin(${timeZone}, ${days}::int)
          ), costs AS (
            SELECT currency, sum(cost) AS amount FROM used WHERE cost IS NOT NULL GROUP BY currency
          )
          SELECT jsonb_build_object('files', count(*), 'seconds', COALESCE(sum("audioSeconds"), 0),
            'users', count(DISTINCT "userId"),
            'costs', (SELECT COALESCE(jsonb_agg(costs ORDER BY currency), '[]') FROM costs),
            'failures', (
              SELECT count(*) FROM unnest(${engineIds}::text[]) AS name
                JOIN transcription t ON t.engine = name AND t.state = 'FAILED'
                     AND t."finishedAt" >= days_begin(${timeZone}, ${days}::int))) AS result
            FROM used`,
      ),

    countOpen: (max) =>
      ask(
        z.number(),
        database.query`
          SELECT count(*)::int AS result FROM (
            SELECT 1 FROM transcription WHERE state IN ('CHOOSING', 'PENDING', 'QUEUED', 'PROCESSING')
             LIMIT ${max}::int) AS open`,
      ),

    engines: () =>
      ask(
        z.array(enginesSchema),
        database.query`
          WITH best AS (
            SELECT DISTINCT ON (engine) engine, state, stage, fraction, reason FROM engine_report
             WHERE "reportedAt" > now() - interval '30 seconds' AND engine = ANY(${engineIds})
             ORDER BY engine, state = 'ready' DESC, state = 'preparing' DESC, state = 'resting' DESC, state = 'paused' DESC
          )
          SELECT COALESCE(jsonb_agg(to_jsonb(best) || jsonb_build_object('success', judged.success)), '[]')
                 AS result
            FROM best,
                 LATERAL (SELECT avg((state = 'COMPLETED' OR "errorCode" <> ALL(${enginesFault}))::int) AS success FROM (
                   SELECT * FROM (
                     (SELECT state, "errorCode", "finishedAt" FROM transcription t
                       WHERE t.engine = best.engine AND t.state = 'COMPLETED' ORDER BY "finishedAt" DESC LIMIT ${judgedFiles}::int)
                     UNION ALL
                     (SELECT state, "errorCode", "finishedAt" FROM transcription t
                       WHERE t.engine = best.engine AND t.state = 'FAILED' ORDER BY "finishedAt" DESC LIMIT ${judgedFiles}::int)
                   ) AS ended ORDER BY "finishedAt" DESC LIMIT ${judgedFiles}::int) AS latest) AS judged`,
      ),

    failures: () =>
      ask(
        z.array(failureSchema),
        database.query`
          SELECT COALESCE(jsonb_agg(grouped), '[]') AS result FROM (
            SELECT "errorCode" AS code, engine, count(*) AS count, max("finishedAt") AS last
              FROM unnest(${engineIds}::text[]) AS name,
                   LATERAL (SELECT engine, "errorCode", "finishedAt" FROM transcription t
                             WHERE t.engine = name AND t.state = 'FAILED' AND t."finishedAt" > now() - interval '7 days'
                             ORDER BY t."finishedAt" DESC LIMIT ${readFailures}::int) AS failed
             GROUP BY 1, 2 ORDER BY 3 DESC, 4 DESC LIMIT 15) AS grouped`,
      ),
  };
}

const totalsSchema: z.ZodType<Totals> = z.object({
  files: z.number(),
  seconds: z.number(),
  users: z.number(),
  failures: z.number(),
  costs: costsSchema,
});

const enginesSchema = z
  .object({
    engine: z.enum(engineIds),
    state: z.enum(['ready', 'preparing', 'resting', 'paused', 'unavailable']),
    stage: z.enum(preparationStages).nullable().catch(null),
    fraction: z.number().nullable(),
    reason: z.string().nullable(),
    success: z.number().nullable(),
  })
  .transform(({ engine, success, state, stage, fraction, reason }): EngineFigures => {
    const figures = { engine, success };
    if (state === 'preparing') return { ...figures, readiness: { state, stage: stage ?? 'load', fraction } };
    if (state === 'unavailable') return { ...figures, readiness: toUnavailable(reason) };
    return { ...figures, readiness: { state } };
  });

const failureSchema: z.ZodType<FailureGroup> = z.object({
  code: z.string(),
  engine: z.string(),
  count: z.number(),
  last: z.string().transform((text) => new Date(text)),
});
