import sql from 'sql-template-tag';
import type { EnginePause, Pauses } from '../app/ports/pauses.ts';
import { type EngineId, engineIds, isEngineId } from '../domain/engine-names.ts';
import type { Database } from './client.ts';

/**
 * Is true when other engines are paused than these.
 * @param known the paused engines in the order of `list`; null when they are not known yet
 */
export const arePausesOther = (known: readonly EngineId[] | null) => sql`
  ${known === null ? null : [...known]}::text[] IS DISTINCT FROM
    (SELECT COALESCE(array_agg(engine ORDER BY engine), '{}') FROM engine_pause
      WHERE engine = ANY(${[...engineIds]}::text[]))`;

/** Stores the paused engines in PostgreSQL, one row for each. */
export function createPauses(database: Database): Pauses {
  return {
    async list() {
      const rows = await database.query<{ engine: string; pausedById: bigint; since: Date }[]>`
        SELECT engine, "pausedById", since FROM engine_pause ORDER BY engine`;
      // An engine that this version does not know cannot be paused here.
      return rows.flatMap(({ engine, pausedById, since }): EnginePause[] =>
        isEngineId(engine) ? [{ engine, by: Number(pausedById), since }] : [],
      );
    },
    async pause(engine, by) {
      const paused = await database.execute`
        INSERT INTO engine_pause (engine, "pausedById") VALUES (${engine}, ${by}::bigint) ON CONFLICT DO NOTHING`;
      return paused > 0;
    },
    async resume(engine) {
      const resumed = await database.execute`DELETE FROM engine_pause WHERE engine = ${engine}`;
      return resumed > 0;
    },
  };
}
