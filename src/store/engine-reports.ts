import type { EngineReports } from '../app/ports.ts';
import {
  type Engine,
  type EngineId,
  type EngineReadiness,
  isEngineId,
  preparationStages,
} from '../domain/engine.ts';
import type { EngineOffer } from '../domain/status.ts';
import type { Database } from './client.ts';

/** A worker that has not reported for so long is not counted on, in seconds. */
const freshSeconds = 30;

/** Offers change rarely; a flood of files asks the database once in a while, in milliseconds. */
const cacheMs = 1_000;

/**
 * What workers say of their engines, through the database, since a bot process may be on another machine.
 * @param worker names the reporting process
 * @param registry the engines in the order in which they are offered
 */
export function createEngineReports(
  database: Database,
  worker: string,
  registry: readonly Pick<Engine, 'id' | 'kind' | 'name'>[],
): EngineReports {
  let cached: { at: number; offers: Promise<EngineOffer[]> } | undefined;
  let pruned = false;
  const read = async (): Promise<EngineOffer[]> => {
    const rows = await database.$queryRaw<ReportRow[]>`
      SELECT DISTINCT ON (engine) engine, state, stage, fraction FROM engine_report
       WHERE state <> 'unavailable' AND "reportedAt" > clock_timestamp() - make_interval(secs => ${freshSeconds})
       ORDER BY engine, state = 'ready' DESC, state = 'preparing' DESC, fraction DESC NULLS LAST`;
    return registry.flatMap((engine) => {
      const row = rows.find((candidate) => candidate.engine === engine.id);
      return row === undefined
        ? []
        : [{ id: engine.id, name: engine.name, kind: engine.kind, readiness: toReadiness(row) }];
    });
  };
  return {
    async report(engine, readiness) {
      // Every process reports under a name of its own: what the long gone said is cleared away by the newcomers.
      if (!pruned)
        await database.$executeRaw`DELETE FROM engine_report WHERE "reportedAt" < now() - interval '1 day'`;
      pruned = true;
      const { stage, fraction, reason } = { stage: null, fraction: null, reason: null, ...readiness };
      await database.$executeRaw`
        INSERT INTO engine_report (worker, engine, state, stage, fraction, reason, "reportedAt")
        VALUES (${worker}, ${engine}, ${readiness.state}, ${stage}, ${fraction}, ${reason}, clock_timestamp())
        ON CONFLICT (worker, engine) DO UPDATE SET state = EXCLUDED.state, stage = EXCLUDED.stage,
          fraction = EXCLUDED.fraction, reason = EXCLUDED.reason, "reportedAt" = EXCLUDED."reportedAt"`;
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
    async lastEngine(userId): Promise<EngineId | null> {
      const setting = await database.setting.findUnique({ where: { userId }, select: { lastEngine: true } });
      return isEngineId(setting?.lastEngine) ? setting.lastEngine : null;
    },
  };
}

type ReportRow = { engine: string; state: string; stage: string | null; fraction: number | null };

function toReadiness({ state, stage, fraction }: ReportRow): EngineOffer['readiness'] {
  if (state === 'ready' || state === 'resting') return { state };
  const known = preparationStages.find((name) => name === stage);
  return { state: 'preparing', stage: known ?? 'load', fraction };
}

/** What every worker said last of each engine, for the summary at start and for operators. */
export async function latestReports(
  database: Database,
): Promise<{ engine: string; readiness: EngineReadiness }[]> {
  const rows = await database.$queryRaw<(ReportRow & { reason: string | null })[]>`
    SELECT engine, state, stage, fraction, reason FROM engine_report
     WHERE "reportedAt" > clock_timestamp() - make_interval(secs => ${freshSeconds})`;
  return rows.map((row) => ({
    engine: row.engine,
    readiness:
      row.state === 'unavailable' ? { state: 'unavailable', reason: row.reason ?? '' } : toReadiness(row),
  }));
}
