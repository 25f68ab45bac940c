import { readdir } from 'node:fs/promises';
import type pg from 'pg';
import type { Violation } from './invariants.ts';

/**
 * Checks that lanes are empty, leases over and answers sent, that deleted files left no row, and that no file
 * left a folder.
 */
export async function nothingIsLeft(
  database: pg.Pool,
  deleted: ReadonlySet<string>,
  temporaryFolder: string,
): Promise<Violation[]> {
  const { rows: lanes } = await database.query<{ what: string }>(
    `SELECT 'lane ' || "userId" || ' is not empty' AS what FROM lane
      WHERE "activeId" IS NOT NULL OR pending <> 0 OR open <> 0 OR "leaseUntil" IS NOT NULL OR holder IS NOT NULL`,
  );
  const { rows: unsent } = await database.query<{ what: string }>(
    `SELECT 'the answer to ' || "uploadKey" || ' was not sent' AS what FROM transcription
      WHERE "deliverAfter" IS NOT NULL`,
  );
  const { rows: kept } = await database.query<{ what: string }>(
    `SELECT "uploadKey" || ' was deleted and is there' AS what FROM transcription WHERE "uploadKey" = ANY($1)`,
    [[...deleted]],
  );
  const folders = (await readdir(temporaryFolder)).filter((name) => name.startsWith('dabir-work-'));
  return [...lanes, ...unsent, ...kept, ...folders.map((what) => ({ what: `${what} is there` }))].map(
    ({ what }) => ({ promise: 'nothing is left behind', what }),
  );
}
