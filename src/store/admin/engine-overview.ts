import { z } from 'zod';
import type { EngineDetails, EngineOverview, EngineTest, Score } from '../../app/admin/system-ports.ts';
import { preparationStages } from '../../domain/engine.ts';
import { type EngineModel, engineModelStates } from '../../domain/engine-model.ts';
import { engineIds } from '../../domain/engine-names.ts';
import type { Database } from '../client.ts';
import { toUnavailable } from '../engine-reports.ts';
import { lostSeconds } from './engine-tests.ts';

/** Maximum age of a worker's report that still counts, in seconds. */
const freshSeconds = 30;

/** Number of latest transcriptions from which an engine's real-time factor is computed. */
const maxMeasuredRuns = 200;

/** Maximum number of ratings that the scoreboard counts. */
const countedThumbs = 20_000;

/** Reads the overview of engines for admins from PostgreSQL. */
export function createEngineOverview(database: Database): EngineOverview {
  return {
    async list() {
      const rows = await database.query<{ details: unknown }[]>`
        SELECT jsonb_build_object('engine', name, 'reports', COALESCE(said.reports, '[]'), 'realTimeFactor', to_jsonb("realTimeFactor"), 'test', to_jsonb(test))
               AS details
          FROM unnest(${engineIds}::text[]) WITH ORDINALITY AS engines (name, place)
          LEFT JOIN LATERAL (
            SELECT jsonb_agg(to_jsonb(r) ORDER BY r.worker) AS reports FROM engine_report r
             WHERE r.engine = name AND r."reportedAt" > now() - make_interval(secs => ${freshSeconds})) AS said ON true
          LEFT JOIN LATERAL (
            SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY "realTimeFactor") AS p50, percentile_cont(0.95) WITHIN GROUP (ORDER BY "realTimeFactor") AS p95
              FROM (
                -- Compares in the order of the index on engine, and not with "=": no run of another engine is read, however few this one has.
                SELECT engine, "sentSeconds", "transcribeMs" * 0.06 / NULLIF("sentSeconds", 0) AS "realTimeFactor" FROM usage
                 WHERE (engine, "endedAt") <= (name, 'infinity'::timestamptz)
                 ORDER BY engine DESC, "endedAt" DESC LIMIT ${maxMeasuredRuns}::int) AS lately
             WHERE engine = name AND "sentSeconds" > 0
            HAVING count(*) > 0) AS "realTimeFactor" ON true
          LEFT JOIN LATERAL (
            SELECT "askedAt", text, error, EXTRACT(EPOCH FROM "endedAt" - "takenAt") AS seconds,
                   CASE WHEN error IS NOT NULL THEN 'failed' WHEN "endedAt" IS NOT NULL THEN 'passed'
                        WHEN "askedAt" < now() - make_interval(secs => ${lostSeconds}) THEN 'lost'
                        WHEN "takenAt" IS NOT NULL THEN 'running' ELSE 'waiting' END AS state
              FROM engine_test t WHERE t.engine = name ORDER BY id DESC LIMIT 1) AS test ON true
         ORDER BY place`;
      return rows.map(({ details }) => detailsSchema.parse(details));
    },

    async scores() {
      const rows = await database.query<Score[]>`
        SELECT language, engine, count(*) FILTER (WHERE good)::int AS good, count(*)::int AS all
          FROM (SELECT language, engine, good FROM feedback WHERE at > now() - interval '90 days'
                 ORDER BY at DESC LIMIT ${countedThumbs}::int) AS latest
         GROUP BY language, engine ORDER BY count(*) DESC LIMIT 100`;
      return rows;
    },
  };
}

const modelSchema: z.ZodType<EngineModel> = z.object({
  name: z.string(),
  languages: z.literal('any').or(z.array(z.string())),
  bytes: z.number().nullable(),
  accuracy: z
    .object({ wordErrorPercent: z.number(), language: z.string(), on: z.string(), source: z.string() })
    .nullable(),
  licence: z.string(),
  state: z.enum(engineModelStates),
  isPinnedByDownload: z.boolean(),
});

const reportSchema = z
  .object({
    worker: z.string(),
    state: z.enum(['ready', 'preparing', 'resting', 'paused', 'unavailable']),
    stage: z.enum(preparationStages).nullable().catch(null),
    fraction: z.number().nullable(),
    reason: z.string().nullable(),
    credit: z.string().nullable(),
    profile: z
      .object({ models: z.array(modelSchema).catch([]) })
      .nullable()
      .catch(null),
  })
  .transform(({ state, stage, fraction, reason, profile, ...report }): EngineDetails['reports'][number] => {
    const said = { ...report, models: profile?.models ?? [] };
    if (state === 'preparing') return { ...said, readiness: { state, stage: stage ?? 'load', fraction } };
    if (state === 'unavailable') return { ...said, readiness: toUnavailable(reason) };
    return { ...said, readiness: { state } };
  });

const testSchema: z.ZodType<EngineTest> = z.object({
  state: z.enum(['waiting', 'running', 'passed', 'failed', 'lost']),
  askedAt: z.string().transform((text) => new Date(text)),
  seconds: z.number().nullable(),
  text: z.string().nullable(),
  error: z.string().nullable(),
});

const detailsSchema = z.object({
  engine: z.enum(engineIds),
  reports: z.array(reportSchema),
  realTimeFactor: z.object({ p50: z.number(), p95: z.number() }).nullable(),
  test: testSchema.nullable(),
});
