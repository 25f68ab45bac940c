import type pg from 'pg';
import { isAllowedMove, type TranscriptionState } from '../../src/domain/transcription.ts';
import type { Commits, Event } from './history.ts';

/** A broken promise of the lane, and what broke it. */
export type Violation = { readonly promise: string; readonly what: string };

const isFinal = (state: Event['to'] | null) =>
  state === 'COMPLETED' || state === 'FAILED' || state === 'CANCELLED';

/** States in which a file arrives: QUEUED or PENDING where its engine is known. */
const isFirst = (state: Event['to']) => state === 'CHOOSING' || state === 'PENDING' || state === 'QUEUED';

/** Checks that every upload came into one lane once, however often it was delivered. */
export function takenOnce(history: readonly Event[], uploadKeys: ReadonlySet<string>): Violation[] {
  const arrivals = Map.groupBy(
    history.filter(({ from, to }) => from === null && isFirst(to)),
    ({ uploadKey }) => uploadKey,
  );
  return [...uploadKeys]
    .map((key) => ({ key, times: arrivals.get(key)?.length ?? 0 }))
    .filter(({ times }) => times !== 1)
    .map(({ key, times }) => ({ promise: 'every upload is taken once', what: `${key}: ${times} times` }));
}

/**
 * Checks that every file follows the permitted moves and ends once, or once more after a retry by its user.
 * @param retried uploads whose user pressed Retry
 */
export function endedOnce(history: readonly Event[], retried: ReadonlySet<string>): Violation[] {
  const violations: Violation[] = [];
  for (const [file, events] of Map.groupBy(history, ({ file }) => file)) {
    let state: TranscriptionState | 'DELETED' | null = null;
    const path: string[] = [];
    for (const { from, to, uploadKey } of events) {
      if (to === 'CLAIMED') continue;
      path.push(to);
      if (from === 'FAILED' && to !== 'DELETED' && !retried.has(uploadKey))
        violations.push({
          promise: 'only its person reopens a file',
          what: `file ${file}: ${path.join(', ')}`,
        });
      const moves: boolean =
        from === state && (from === null ? isFirst(to) : to === 'DELETED' || isAllowedMove(from, to));
      if (!moves)
        violations.push({ promise: 'states change as drawn', what: `file ${file}: ${path.join(', ')}` });
      state = to;
    }
    if (state !== 'DELETED' && !isFinal(state))
      violations.push({ promise: 'every file ends', what: `file ${file}: ${path.join(', ')}` });
  }
  return violations;
}

/** Replays every lane: never two active files, and the earliest waiting one goes first. */
export function lanesInOrder(history: readonly Event[]): Violation[] {
  const violations: Violation[] = [];
  for (const [user, events] of Map.groupBy(history, ({ user }) => user)) {
    // In the order in which they got their place: on arrival or reopening.
    const places = new Map<number, number>();
    const waiting = new Set<number>();
    let active: number | null = null;
    for (const { id, file, from, to } of events) {
      const where = `person ${user}, file ${file}, event ${id}`;
      if (to === 'CLAIMED') continue;
      if (from === null || isFinal(from)) places.set(file, id);
      if (from === 'PENDING') waiting.delete(file);
      if (to === 'PENDING') waiting.add(file);
      if ((from === null || from === 'PENDING' || from === 'CHOOSING') && to === 'QUEUED') {
        const place = places.get(file) ?? 0;
        const overtaken = [...waiting].filter((other) => (places.get(other) ?? 0) < place);
        if (overtaken.length > 0)
          violations.push({ promise: 'the earliest goes first', what: `${where}: overtook ${overtaken}` });
      }
      if (to === 'QUEUED' || to === 'PROCESSING') {
        if (active !== null && active !== file)
          violations.push({ promise: 'one active per person', what: `${where}: so is ${active}` });
        active = file;
      } else if (active === file) active = null;
    }
  }
  return violations;
}

/**
 * Checks that a file is claimed when its turn has come and no worker has it, and that its last claim ends it.
 */
export function fencesHeld(history: readonly Event[], { accepted }: Commits): Violation[] {
  const violations: Violation[] = [];
  const rightful = new Set<string>();
  const lastClaim = new Map<number, number | null>();
  for (const { id, file, from, to, fence } of history) {
    if (to === 'CLAIMED') {
      lastClaim.set(file, fence);
      if (from !== 'QUEUED')
        violations.push({ promise: 'nobody takes a taken file', what: `file ${file}, event ${id}: ${from}` });
    } else if (from === 'PROCESSING' && isFinal(to)) rightful.add(`${file} by ${lastClaim.get(file)}`);
  }
  for (const { file, fence } of accepted) {
    if (!rightful.delete(`${file} by ${fence}`))
      violations.push({
        promise: 'no commit by who lost the file',
        what: `file ${file}: ended by fence ${fence}, last claimed by ${lastClaim.get(file)}`,
      });
  }
  return violations;
}

/** Checks that no file ended because workers died with it: the blows killed them, not the files. */
export async function nobodyToBlame(database: pg.Pool): Promise<Violation[]> {
  const { rows } = await database.query<{ key: string }>(
    `SELECT "uploadKey" AS key FROM transcription WHERE state = 'FAILED' AND "errorCode" = 'worker_lost'`,
  );
  return rows.map(({ key }) => ({ promise: 'no file is blamed for a death', what: `${key} has failed` }));
}

/** Checks that a completed file has one transcript, and any other none. */
export async function oneResultEach(database: pg.Pool): Promise<Violation[]> {
  const { rows } = await database.query<{ key: string; state: string; results: number }>(
    `SELECT * FROM (SELECT "uploadKey" AS key, state,
                           (SELECT count(*)::int FROM transcript s WHERE s."transcriptionId" = t.id) AS results
                      FROM transcription t) AS files
      WHERE results <> (state = 'COMPLETED')::int`,
  );
  return rows.map(({ key, state, results }) => ({
    promise: 'one result each',
    what: `${key} is ${state} with ${results} results`,
  }));
}
