import type { Overview } from '../app/ports/overview.ts';
import { transcriptionStates } from '../domain/transcription.ts';
import type { Database } from './client.ts';

/** Minimum number of changes of the depth that are folded, and maximum number folded at a time. */
const minFoldedRows = 100;
const maxFoldedRows = 10_000;

/** Maximum age of a report from a worker that counts as alive, in seconds. */
const freshSeconds = 30;

/** Reads the overview for admins from PostgreSQL. The cost of its queries does not grow with the queue. */
export function createOverview(database: Database): Overview {
  return {
    async depth() {
      const rows = await database.query<
        { state: string; kind: 'local' | 'remote' | 'none'; files: number }[]
      >`
        SELECT state::text, CASE WHEN engine IS NULL THEN 'none' WHEN engine = 'local' THEN 'local' ELSE 'remote' END AS kind,
               sum(files)::int AS files
          FROM depth GROUP BY 1, 2`;
      return rows.flatMap(({ state: name, kind, files }) => {
        const state = transcriptionStates.find((known) => known === name);
        return state === undefined ? [] : [{ state, kind, files }];
      });
    },
    async foldDepth() {
      let rows: { folded: number }[];
      do {
        rows =
          await database.query`SELECT depth_fold(${minFoldedRows}::int, ${maxFoldedRows}::int) AS folded`;
      } while (rows[0]?.folded === maxFoldedRows);
    },
    async aliveWorkers() {
      const rows = await database.query<{ workers: number }[]>`
        SELECT count(DISTINCT worker)::int AS workers FROM engine_report
         WHERE "reportedAt" > clock_timestamp() - make_interval(secs => ${freshSeconds})`;
      return rows[0]?.workers ?? 0;
    },
    async ping() {
      await database.query`SELECT 1`;
    },
  };
}
