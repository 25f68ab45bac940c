import type pg from 'pg';
import type { Violation } from './invariants.ts';

/**
 * Checks that each completed file is answered once, and any other not at all. A death between sending a
 * message and marking it sent may double that message.
 * @param albums number of albums that answer each upload, by upload key
 * @param deaths number of deaths that may have come in between
 */
export async function answeredOnce(
  database: pg.Pool,
  albums: ReadonlyMap<string, number>,
  deaths: number,
): Promise<{ duplicates: number; violations: Violation[] }> {
  const { rows } = await database.query<{ key: string; state: string }>(
    `SELECT "uploadKey" AS key, state FROM transcription`,
  );
  const violations: Violation[] = [];
  let duplicates = 0;
  for (const { key, state } of rows) {
    const count = albums.get(key) ?? 0;
    duplicates += Math.max(0, count - 1);
    if ((state === 'COMPLETED') !== count > 0)
      violations.push({ promise: 'one answer each', what: `${key} is ${state} with ${count} answers` });
  }
  if (duplicates > deaths)
    violations.push({ promise: 'one answer each', what: `${duplicates} duplicates after ${deaths} deaths` });
  return { duplicates, violations };
}
