import { z } from 'zod';
import type { EngineReport, EngineReports } from '../app/ports/engine-reports.ts';
import { type EngineReadiness, preparationStages, unavailableCauses } from '../domain/engine.ts';
import { type EngineId, engineIds, isEngineId } from '../domain/engine-names.ts';
import type { EngineOffer } from '../domain/status.ts';
import type { Database } from './client.ts';
import { prepared } from './statement.ts';

/** Maximum age of a worker's report that still counts, in seconds. */
const freshSeconds = 30;

/** Number of latest transcriptions whose median is an engine's real-time factor. */
const maxMeasuredRuns = 50;

/** Time for which the offers are cached, in ms. They change rarely, and many uploads may arrive at once. */
const cacheMs = 1_000;
/** Time for which an engine's real-time factor is cached, in ms; it changes more slowly than the offers. */
const realTimeFactorCacheMs = 20_000;

/**
 * Stores the workers' reports about engines in PostgreSQL. They go through the database, because
 * the bot's process may be on another machine.
 * @param worker name of the reporting process
 */
export function createEngineReports(database: Database, worker: string): EngineReports {
  let cached: { at: number; offers: Promise<EngineOffer[]> } | undefined;
  let pruned = false;
  const read = async (): Promise<EngineOffer[]> => {
    const rows = await database.query<(ReportRow & { profile: unknown })[]>`
      SELECT DISTINCT ON (engine) engine, state, stage, fraction, profile FROM engine_report
       WHERE state <> 'unavailable' AND profile IS NOT NULL AND "reportedAt" > clock_timestamp() - make_interval(secs => ${freshSeconds})
       ORDER BY engine, state = 'ready' DESC, state = 'preparing' DESC, fraction DESC NULLS LAST`;
    const known = rows.flatMap((row) => {
      // An engine that this version does not know cannot be offered.
      const profile = profileSchema.safeParse(row.profile);
      return profile.success ? [{ ...profile.data, readiness: toReadiness(row) }] : [];
    });
    const offers = await Promise.all(
      known.map(async (profile) => ({ ...profile, realTimeFactor: await knownRealTimeFactor(profile.id) })),
    );
    return offers.toSorted((a, b) => engineIds.indexOf(a.id) - engineIds.indexOf(b.id));
  };
  const realTimeFactor = async (engine: EngineId) => {
    const rows = await database.query<{ realTimeFactor: number | null }[]>`
      SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY "transcribeMs" / 1000 / "sentSeconds") AS "realTimeFactor"
        FROM (SELECT "transcribeMs"::float8, "sentSeconds" FROM usage
               WHERE engine = ${engine} AND "sentSeconds" > 0
               ORDER BY "endedAt" DESC LIMIT ${maxMeasuredRuns}::int) AS lately`;
    return rows[0]?.realTimeFactor ?? null;
  };
  const realTimeFactors = new Map<EngineId, { at: number; realTimeFactor: Promise<number | null> }>();
  const knownRealTimeFactor = (engine: EngineId) => {
    const recent = realTimeFactors.get(engine);
    if (recent !== undefined && Date.now() - recent.at < realTimeFactorCacheMs) return recent.realTimeFactor;
    const asked = { at: Date.now(), realTimeFactor: realTimeFactor(engine) };
    realTimeFactors.set(engine, asked);
    asked.realTimeFactor.catch(() => realTimeFactors.delete(engine));
    return asked.realTimeFactor;
  };
  return {
    async report(reports) {
      // Every process has a name of its own, so each new process deletes the reports of processes that ended long ago.
      if (!pruned)
        await database.execute`DELETE FROM engine_report WHERE "reportedAt" < now() - interval '1 day'`;
      pruned = true;
      await database.execute(prepared`
        INSERT INTO engine_report (worker, engine, state, stage, fraction, reason, profile, credit, "circuitOpenSince", "reportedAt")
        SELECT ${worker}, engine, state, stage, fraction, reason, profile, credit,
               clock_timestamp() - milliseconds("circuitOpenMs"), clock_timestamp()
          FROM jsonb_to_recordset(${JSON.stringify(reports.map(toStored))}::jsonb)
            AS r(engine text, state text, stage text, fraction float8, reason text, profile jsonb, credit text, "circuitOpenMs" float8)
        ON CONFLICT (worker, engine) DO UPDATE SET state = EXCLUDED.state, stage = EXCLUDED.stage,
          fraction = EXCLUDED.fraction, reason = EXCLUDED.reason, profile = EXCLUDED.profile, credit = EXCLUDED.credit,
          "circuitOpenSince" = EXCLUDED."circuitOpenSince", "reportedAt" = EXCLUDED."reportedAt"`);
    },
    offers() {
      if (cached === undefined || Date.now() - cached.at > cacheMs) {
        cached = { at: Date.now(), offers: read() };
        cached.offers.catch(() => {
          cached = undefined;
        });
      }
      return cached.offers;
    },
    realTimeFactor,
    async lastEngine(userId): Promise<EngineId | null> {
      const [setting] = await database.query<{ lastEngine: string | null }[]>`
        SELECT "lastEngine" FROM setting WHERE "userId" = ${userId}::bigint`;
      return isEngineId(setting?.lastEngine) ? setting.lastEngine : null;
    },
  };
}

type ReportRow = { engine: string; state: string; stage: string | null; fraction: number | null };

/** The part of an engine's profile that the picker shows. */
const profileSchema = z.object({
  id: z.enum(engineIds),
  kind: z.enum(['local', 'remote']),
  name: z.object({ fa: z.string(), en: z.string() }),
  price: z.object({ perMinute: z.number(), currency: z.enum(['USD', 'IRT']) }).nullable(),
  privacy: z.object({
    destination: z.string().nullable(),
    keeps: z.enum(['nothing', 'deleted', 'unknown']),
  }),
}) satisfies z.ZodType<Omit<EngineOffer, 'readiness' | 'realTimeFactor'>>;

type Unavailable = EngineReadiness & { state: 'unavailable' };

/** Returns the columns of a report. */
function toStored({
  profile: own,
  readiness,
  models = [],
  credit = null,
  circuitOpenMs = null,
}: EngineReport) {
  const profile = models.length === 0 ? own : { ...own, models };
  const reason = readiness.state === 'unavailable' ? storedReason(readiness) : null;
  const { state, stage = null, fraction = null } = { stage: undefined, fraction: undefined, ...readiness };
  return { engine: own.id, state, stage, fraction, reason, profile, credit, circuitOpenMs };
}

/** Returns the column `reason` of an engine that is unavailable: its cause and the text, such as `closing: …`. */
function storedReason({ cause, reason }: Unavailable): string {
  return `${cause}: ${reason}`;
}

/** Reads the column `reason`. A cause of another version, or none, is `start_failed`. */
export function toUnavailable(stored: string | null): Unavailable {
  const [, name, text = ''] = /^(\w+): (.*)$/s.exec(stored ?? '') ?? [];
  const cause = unavailableCauses.find((known) => known === name);
  return cause === undefined
    ? { state: 'unavailable', cause: 'start_failed', reason: stored ?? '' }
    : { state: 'unavailable', cause, reason: text };
}

function toReadiness({ state, stage, fraction }: ReportRow): EngineOffer['readiness'] {
  if (state === 'ready' || state === 'resting' || state === 'paused') return { state };
  const known = preparationStages.find((name) => name === stage);
  return { state: 'preparing', stage: known ?? 'load', fraction };
}

/**
 * Returns what workers report about each engine, for the summary at start. Of several workers the one that is furthest
 * counts, as in the picker.
 * @param maxAgeMs maximum age of a report, in ms; reports of a worker that ended before are left out by it
 */
export async function readLatestReports(
  database: Database,
  maxAgeMs: number,
): Promise<{ engine: string; readiness: EngineReadiness }[]> {
  const maxAge = Math.min(freshSeconds * 1000, maxAgeMs);
  const rows = await database.query<(ReportRow & { reason: string | null })[]>`
    SELECT DISTINCT ON (engine) engine, state, stage, fraction, reason FROM engine_report
     WHERE "reportedAt" > clock_timestamp() - milliseconds(${maxAge})
     ORDER BY engine, state = 'unavailable', state = 'ready' DESC, state = 'preparing' DESC, fraction DESC NULLS LAST`;
  return rows.map((row) => ({
    engine: row.engine,
    readiness: row.state === 'unavailable' ? toUnavailable(row.reason) : toReadiness(row),
  }));
}
