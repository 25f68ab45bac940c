import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type pg from 'pg';
import { isAllowedMove, type TranscriptionState } from '../../src/domain/transcription.ts';

/** What must be true when all is quiet. Empty means that it is. */
export type Violation = string;

type Change = {
  id: string;
  file: string;
  user: string;
  seq: number;
  from: TranscriptionState | null;
  to: TranscriptionState;
};

/**
 * Holds the database's own history against the promises of the lane.
 * @param uploadKeys everything that was sent
 * @param albums how many albums came as an answer, by upload key
 * @param tolerated duplicates that kills between sending and marking explain
 * @param logFile what the processes logged, a JSON line each
 */
export async function findViolations(
  client: pg.Client,
  uploadKeys: ReadonlySet<string>,
  albums: ReadonlyMap<string, number>,
  tolerated: number,
  logFile: string,
): Promise<Violation[]> {
  return [
    ...(await noStaleCommits(client, logFile)),
    ...(await everyUploadEnded(client, uploadKeys)),
    ...(await oneResultEach(client)),
    ...(await historyIsInOrder(client)),
    ...(await nothingIsLeft(client)),
    ...(await everyAnswerCame(client, albums, tolerated)),
  ];
}

async function everyUploadEnded(client: pg.Client, uploadKeys: ReadonlySet<string>): Promise<Violation[]> {
  const { rows } = await client.query<{ key: string; state: string }>(
    `SELECT "uploadKey" AS key, state FROM transcription`,
  );
  const known = new Set(rows.map(({ key }) => key));
  return [
    ...[...uploadKeys].filter((key) => !known.has(key)).map((key) => `lost: ${key}`),
    ...rows
      .filter(({ state }) => !['COMPLETED', 'FAILED', 'CANCELLED'].includes(state))
      .map(({ key, state }) => `not ended: ${key} is ${state}`),
  ];
}

async function oneResultEach(client: pg.Client): Promise<Violation[]> {
  const { rows } = await client.query<{ key: string; state: string; results: string; endings: string }>(
    `SELECT t."uploadKey" AS key, t.state, (SELECT count(*) FROM transcript s WHERE s."transcriptionId" = t.id) AS results,
            (SELECT count(*) FROM state_change c WHERE c."transcriptionId" = t.id
               AND c."toState" IN ('COMPLETED', 'FAILED', 'CANCELLED')) AS endings
       FROM transcription t`,
  );
  return rows
    .filter(
      ({ state, results, endings }) => endings !== '1' || results !== (state === 'COMPLETED' ? '1' : '0'),
    )
    .map(
      ({ key, state, results, endings }) =>
        `${key} ended ${endings} times as ${state} with ${results} results`,
    );
}

/** Replays every lane: moves that exist, never two active, the earliest waiting goes first, no claim of a claim. */
async function historyIsInOrder(client: pg.Client): Promise<Violation[]> {
  const { rows } = await client.query<Change>(
    `SELECT c.id, c."transcriptionId" AS file, c."userId" AS user, t.seq, c."fromState" AS from, c."toState" AS to
       FROM state_change c JOIN transcription t ON t.id = c."transcriptionId" ORDER BY c.id`,
  );
  const violations: Violation[] = [];
  for (const changes of Map.groupBy(rows, ({ user }) => user).values()) {
    const waiting = new Set<number>();
    let active: string | null = null;
    for (const { id, file, seq, from, to } of changes) {
      const where = `file ${file}, change ${id}`;
      if (from !== null && !isAllowedMove(from, to)) violations.push(`${where}: ${from} to ${to}`);
      if (from === 'PENDING') waiting.delete(seq);
      if (to === 'PENDING') waiting.add(seq);
      if (to === 'QUEUED' && from === 'PENDING') {
        const earlier = [...waiting].filter((other) => other < seq);
        if (earlier.length > 0) violations.push(`${where}: overtook ${earlier.length}`);
      }
      if (to === 'QUEUED' || to === 'PROCESSING') {
        if (active !== null && active !== file)
          violations.push(`${where}: two active, the other is ${active}`);
        active = file;
      } else if (active === file) active = null;
    }
  }
  return violations;
}

async function nothingIsLeft(client: pg.Client): Promise<Violation[]> {
  const { rows } = await client.query<{ userId: string }>(
    `SELECT "userId" FROM lane WHERE "activeId" IS NOT NULL OR waiting <> 0 OR "leaseUntil" IS NOT NULL`,
  );
  const { rows: unsent } = await client.query<{ id: string }>(
    `SELECT id FROM transcription WHERE "deliverAfter" IS NOT NULL`,
  );
  return [
    ...rows.map(({ userId }) => `lane ${userId} is not empty`),
    ...unsent.map(({ id }) => `the answer to ${id} was not sent`),
  ];
}

async function everyAnswerCame(
  client: pg.Client,
  albums: ReadonlyMap<string, number>,
  tolerated: number,
): Promise<Violation[]> {
  const { rows } = await client.query<{ key: string; state: string }>(
    `SELECT "uploadKey" AS key, state FROM transcription`,
  );
  const violations: Violation[] = [];
  let duplicates = 0;
  for (const { key, state } of rows) {
    const count = albums.get(key) ?? 0;
    if (state !== 'COMPLETED' && count > 0) violations.push(`${key} is ${state}, but was answered`);
    if (state === 'COMPLETED' && count === 0) violations.push(`${key} was never answered`);
    if (count > 1) duplicates += count - 1;
  }
  if (duplicates > tolerated)
    violations.push(`${duplicates} duplicate answers, ${tolerated} can be explained`);
  return violations;
}

/** Whoever committed a file was the last to claim it: a worker that had lost it may not. */
async function noStaleCommits(client: pg.Client, logFile: string): Promise<Violation[]> {
  const { rows } = await client.query<{ file: string; fence: number }>(
    `SELECT DISTINCT ON ("transcriptionId") "transcriptionId" AS file, fence FROM state_change
      WHERE "toState" = 'PROCESSING' ORDER BY "transcriptionId", id DESC`,
  );
  const lastClaim = new Map(rows.map(({ file, fence }) => [Number(file), fence]));
  const violations: Violation[] = [];
  for await (const line of createInterface({ input: createReadStream(logFile) })) {
    if (!line.includes('"msg":"ended"')) continue;
    const { transcription, fence } = JSON.parse(line) as { transcription: number; fence: number };
    const claimed = lastClaim.get(transcription);
    if (claimed !== fence)
      violations.push(`file ${transcription}: committed by fence ${fence}, claimed by ${claimed}`);
  }
  return violations;
}
