import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Chunks, StoredChunk } from '../../src/app/ports/chunks.ts';
import type { Lanes, Outcome, Usage } from '../../src/app/ports/lanes.ts';
import { DabirError } from '../../src/domain/errors.ts';
import type { Job } from '../../src/domain/transcription.ts';
import { createChunks } from '../../src/store/chunks.ts';
import { createEngineReports } from '../../src/store/engine-reports.ts';
import { createLanes } from '../../src/store/lanes.ts';
import { freshDatabase } from '../support/databases.ts';
import { openTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

let database: TestDatabase;
let drop: () => Promise<void>;
let lanes: Lanes;
let chunks: Chunks;
let user = 0;

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openTestDatabase(fresh.url, 5);
  lanes = createLanes(database, patientLanes);
  chunks = createChunks(database);
});
afterAll(async () => {
  await database.close();
  await drop();
});
beforeEach(() => {
  user += 1;
});

async function begun(id?: number): Promise<Job> {
  const file = id ?? (await submitted(lanes, upload({ user }))).id;
  const choice = await lanes.choose(file, user, 'vira');
  const job =
    choice.outcome === 'chosen' && choice.next !== null ? await lanes.claim(choice.next, 'a worker') : null;
  if (job === null) throw new Error('nothing to claim');
  return job;
}

const transcript = {
  language: 'fa',
  languageProbability: null,
  segments: [
    {
      start: 0.5,
      end: 49.98,
      text: 'سلام',
      words: [],
      averageLogProbability: null,
      noSpeechProbability: null,
      compressionRatio: null,
    },
  ],
  cost: { amount: 120, currency: 'IRT' as const },
  from: 0,
  to: 51.5,
};
const first: StoredChunk = { start: 0, end: 49.98, engine: 'vira', ticket: null, transcript };
const second: StoredChunk = { start: 49.98, end: 80, engine: 'vira', ticket: 'job 7', transcript: null };

const usage: Usage = {
  engine: 'vira',
  audioSeconds: 80,
  sentSeconds: 81.5,
  downloadMs: 20,
  decodeMs: 30,
  transcribeMs: 4_000,
  cost: { amount: 190, currency: 'IRT' },
};
const failed: Outcome = {
  state: 'FAILED',
  usage,
  error: new DabirError('chunks_missing', 'one'),
  deliveries: [],
};
const completed: Outcome = {
  state: 'COMPLETED',
  usage,
  durationSeconds: 80,
  transcript: { language: 'fa', languageProbability: null, segments: [] },
  deliveries: [],
};

describe('chunks of a file', () => {
  test('chunks of a file are kept with their text or the service’s job number, and found by the next attempt', async () => {
    const job = await begun();
    expect(job.hasChunks).toBe(false);
    expect(await chunks.save(job, { ...first, ticket: 'job 6', transcript: null })).toBe(true);
    expect(await chunks.save(job, first)).toBe(true);
    expect(await chunks.save(job, second)).toBe(true);
    expect(await chunks.list(job.id)).toEqual([first, second]);
    const { token } = await lanes.requeue(job, { error: null, backoffMs: 0, countsAsAttempt: false });
    expect(token && (await lanes.claim(token, 'another worker'))).toMatchObject({ hasChunks: true });
  });

  test('chunks of a file are not written by a worker that has lost the file', async () => {
    const job = await begun();
    const { token } = await lanes.requeue(job, { error: null, backoffMs: 0, countsAsAttempt: false });
    expect(await chunks.save(job, first)).toBe(false);
    const next = token && (await lanes.claim(token, 'another worker'));
    expect(next?.hasChunks).toBe(false);
    expect(await chunks.list(job.id)).toEqual([]);
  });

  test('chunks of a file stay when the file fails, for a retry on any engine, and are deleted when it completes', async () => {
    const job = await begun();
    await chunks.save(job, first);
    await lanes.finish(job, failed);
    await lanes.reopen(job.id, user, true);
    const again = await begun(job.id);
    expect(again.hasChunks).toBe(true);
    expect(await chunks.list(job.id)).toEqual([first]);
    await lanes.finish(again, completed);
    expect(await chunks.list(job.id)).toEqual([]);
  });

  test('chunks of a file are deleted with their file and with the history', async () => {
    const job = await begun();
    await chunks.save(job, first);
    await lanes.delete(job.id, user);
    expect(await chunks.list(job.id)).toEqual([]);
    const old = await begun();
    await chunks.save(old, first);
    await database.execute`UPDATE chunk SET "createdAt" = now() - interval '2 days'`;
    await lanes.prune(100);
    expect(await chunks.list(old.id)).toEqual([]);
  });
});

describe('the speed of an engine', () => {
  test('the speed of an engine is the median of its latest jobs, and unknown before the first', async () => {
    const reports = createEngineReports(database, 'a worker');
    expect(await reports.realTimeFactor('elevenlabs')).toBeNull();
    for (const transcribeMs of [100_000, 4_000, 8_150]) {
      await lanes.finish(await begun(), {
        ...completed,
        usage: { ...usage, engine: 'elevenlabs', transcribeMs },
      });
      user += 1;
    }
    expect(await reports.realTimeFactor('elevenlabs')).toBeCloseTo(0.1, 3);
  });
});

describe('the usage of a file', () => {
  const recorded = (id: number) => database.usage.findUnique({ where: { transcriptionId: id } });

  test('the usage of a file is written with its end: the sum of all attempts’ cost, the last job’s times', async () => {
    const job = await begun();
    await lanes.finish(job, failed);
    const { cost, ...measured } = usage;
    expect(await recorded(job.id)).toMatchObject({
      ...measured,
      userId: BigInt(user),
      cost: cost?.amount,
      currency: 'IRT',
    });
    await lanes.reopen(job.id, user, true);
    await lanes.finish(await begun(job.id), {
      ...completed,
      usage: { ...usage, sentSeconds: 30, transcribeMs: 900 },
    });
    expect(await recorded(job.id)).toMatchObject({ cost: 190, sentSeconds: 30, transcribeMs: 900 });
  });

  test('the usage of a file stays when the file is deleted, since it holds no words of the transcript', async () => {
    const job = await begun();
    await lanes.finish(job, completed);
    await lanes.delete(job.id, user);
    expect(await recorded(job.id)).toMatchObject({ audioSeconds: 80 });
  });
});
