import sql from 'sql-template-tag';
import { z } from 'zod';
import type { EngineTests } from '../../app/admin/system-ports.ts';
import { type EngineId, engineIds } from '../../domain/engine-names.ts';
import type { Database } from '../client.ts';

/** Time after which a test without an answer counts as lost, in seconds. */
export const lostSeconds = 300;

/** Returns the tests on these engines that no worker has taken. */
const waiting = (engines: readonly EngineId[]) => sql`
  FROM engine_test WHERE "takenAt" IS NULL AND engine = ANY(${[...engines]}::text[])
   AND "askedAt" > now() - make_interval(secs => ${lostSeconds})`;

/** Is true when `lease` would find a test on these engines. */
export const isEngineTestDue = (engines: readonly EngineId[]) => sql`EXISTS (SELECT ${waiting(engines)})`;

/**
 * Stores the tests of engines in PostgreSQL. They go through the database, because the worker that
 * runs the engine may be on another machine.
 */
export function createEngineTests(database: Database): EngineTests {
  return {
    async ask(engine, askedBy) {
      const asked = await database.execute`
        INSERT INTO engine_test (engine, "askedById") SELECT ${engine}, ${askedBy}::bigint
         WHERE NOT EXISTS (
           SELECT FROM (SELECT * FROM engine_test WHERE engine = ${engine} ORDER BY id DESC LIMIT 1) AS latest
            WHERE "endedAt" IS NULL AND "askedAt" > now() - make_interval(secs => ${lostSeconds}))`;
      return asked > 0;
    },
    async lease(engines) {
      const [row] = await database.query<{ id: bigint; engine: string }[]>`
        UPDATE engine_test SET "takenAt" = now() WHERE id = (
          SELECT id ${waiting(engines)} ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id, engine`;
      return row === undefined ? null : takenSchema.parse({ ...row, id: Number(row.id) });
    },
    async end(id, { text, error }) {
      await database.execute`
        UPDATE engine_test SET "endedAt" = clock_timestamp(), text = ${text}, error = ${error} WHERE id = ${id}::bigint`;
    },
  };
}

const takenSchema = z.object({ id: z.number(), engine: z.enum(engineIds) });
