import { raw } from 'sql-template-tag';
import type { LaneSettings } from '../../src/store/lane-records.ts';
import { createLanes } from '../../src/store/lanes.ts';
import { freshDatabase } from './databases.ts';
import { openTestDatabase } from './test-database.ts';
import { patientLanes } from './uploads.ts';

/**
 * Opens lanes over a fresh database, with short ways to the rows that they write. Call `close` after the tests.
 * @param poolSize maximum number of connections
 */
export async function openLaneStore(poolSize: number, settings: LaneSettings = patientLanes) {
  const fresh = await freshDatabase();
  const database = openTestDatabase(fresh.url, poolSize);
  return {
    database,
    lanes: createLanes(database, settings),
    /** Returns the row of a transcription. */
    row: (id: number) => database.transcription.findUniqueOrThrow({ where: { id } }),
    /** Changes the row of a transcription by hand. */
    change: (id: number, data: object) => database.transcription.update({ where: { id }, data }),
    /** Returns the row of a user's lane. */
    laneOf: (userId: number) => database.lane.findUniqueOrThrow({ where: { userId } }),
    /** Holds a row of another transaction while `work` runs. */
    whileHeld: (table: 'depth' | 'lane' | 'transcription', where: string, work: () => Promise<void>) =>
      database.transaction(async (transaction) => {
        await transaction.query`SELECT 1 FROM ${raw(table)} WHERE ${raw(where)} FOR UPDATE`;
        await work();
      }),
    async close() {
      await database.close();
      await fresh.drop();
    },
  };
}

/** Returns the result of a query that calls one routine. */
export async function resultOf<T>(query: Promise<{ result: T }[]>): Promise<T> {
  return (await query)[0]?.result as T;
}

/** Returns the ms from now to a moment, negative for the past. */
export const fromNow = (at: Date | null | undefined) => (at?.getTime() ?? Number.NaN) - Date.now();

/** Returns true for a moment within ten seconds of now. */
export const isNow = (at: Date | null | undefined) => Math.abs(fromNow(at)) < 10_000;
