import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Lanes } from '../../src/app/ports/lanes.ts';
import type { Token } from '../../src/domain/transcription.ts';
import { openBackend, type TokenBackend } from '../../src/queue/backend.ts';
import { consumeTokens, createTokens } from '../../src/queue/token.ts';
import { createLanes } from '../../src/store/lanes.ts';
import { type StallWatch, startStallWatch, type TokenIntake } from '../../worker/stall-watch.ts';
import { freshDatabase } from '../support/databases.ts';
import { openTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { until } from '../support/until.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

/** Period of the watch in ms, with four checks. */
const periodMs = 600;

/** Period in ms in which new connections are made in time also on a loaded machine. */
const patientPeriodMs = 5_000;

const silent = pino({ level: 'silent' });

/** The watched worker, as far as the watch can see it. */
type Watched = {
  queueIsUp: boolean;
  hasFreeSlot: boolean;
  lastTokenAt: number;
  renewals: number;
  gaveUp: string[];
  watch: StallWatch;
};

let database: TestDatabase;
let backend: TokenBackend;
let lanes: Lanes;
let drop: () => Promise<void>;
let tokens: ReturnType<typeof createTokens>;
const closers: (() => Promise<void>)[] = [];
let user = 0;

beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openTestDatabase(fresh.url, 3);
  lanes = createLanes(database, patientLanes);
  backend = openBackend({ databaseUrl: fresh.url, redisUrl: null }, silent);
  tokens = createTokens(backend);
});
afterAll(async () => {
  await tokens.close();
  await database.close();
  await drop();
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await database.lane.deleteMany();
});

/**
 * Starts a watched worker that receives nothing until its connections have been renewed `hearsAfter` times.
 */
function watchedWorker(hearsAfter: number, period = periodMs): Watched {
  const worker = {
    queueIsUp: true,
    hasFreeSlot: true,
    lastTokenAt: performance.now(),
    renewals: 0,
    gaveUp: [] as string[],
  };
  const intake: TokenIntake = {
    engine: 'local',
    canTake: () => worker.hasFreeSlot,
    lastTokenAt: () => worker.lastTokenAt,
    renew() {
      worker.renewals += 1;
      if (worker.renewals === hearsAfter) hear(() => (worker.lastTokenAt = performance.now()));
    },
  };
  const checkTokenBackend = async () => {
    if (!worker.queueIsUp) throw new Error('down');
  };
  const watch = startStallWatch(
    { lanes, tokens, checkTokenBackend, log: silent },
    [intake],
    (why) => void worker.gaveUp.push(why),
    period,
  );
  closers.push(watch.stop);
  return Object.assign(worker, { watch });
}

/** Lets some worker take tokens and claim their files. */
function hear(onToken: () => void = () => undefined): void {
  const work = async (token: Token) => {
    onToken();
    await lanes.claim(token, 'a worker');
    return 'used' as const;
  };
  const consumer = consumeTokens(backend, 'local', work, silent);
  consumer.take(1);
  closers.push(consumer.close);
}

/** Adds a file that waits for a worker, with its token in the queue. */
async function fileWaits(): Promise<void> {
  user += 1;
  const { id } = await submitted(lanes, upload({ user }));
  const choice = await lanes.choose(id, user, 'local');
  if (choice.outcome === 'chosen' && choice.next !== null) await tokens.send(choice.next);
}

const complaint = ({ watch }: Watched) =>
  watch.check().then(
    () => null,
    (error: Error) => error.message,
  );

test('a worker that gets no tokens is not ready, reports why, and is ready again when new connections help', async () => {
  const worker = watchedWorker(1, patientPeriodMs);
  await fileWaits();
  expect(await complaint(worker)).toBeNull();
  expect(await until(() => complaint(worker))).toMatch(
    /^no file taken for \d+ s, though local has files waiting/,
  );
  expect(worker.renewals).toBe(1);
  await until(async () => (await complaint(worker)) === null);
  expect(await database.transcription.count({ where: { userId: user, state: 'PROCESSING' } })).toBe(1);
  expect(worker.gaveUp).toEqual([]);
});

test('a worker that gets no tokens with new connections either exits, so that its supervisor restarts it', async () => {
  const worker = watchedWorker(Number.POSITIVE_INFINITY);
  await fileWaits();
  await until(() => worker.gaveUp.length > 0);
  expect(worker.renewals).toBe(1);
  expect(worker.gaveUp[0]).toMatch(/^no file taken/);
  expect(await complaint(worker)).not.toBeNull();
});

test.each<[string, (worker: Watched) => unknown]>([
  ['others take the files', () => hear()],
  ['its slots are full', (worker) => (worker.hasFreeSlot = false)],
  ['the token queue does not answer', (worker) => (worker.queueIsUp = false)],
  [
    'the files rest before they are tried again',
    () => database.transcription.updateMany({ data: { runAfter: new Date(Date.now() + 600_000) } }),
  ],
])('nothing is wrong when %s', async (_why, happens) => {
  const worker = watchedWorker(1);
  await fileWaits();
  await happens(worker);
  const begin = performance.now();
  // Longer than both of its steps take.
  await until(() => performance.now() - begin > periodMs * 2.5);
  expect([worker.renewals, worker.gaveUp, await complaint(worker)]).toEqual([0, [], null]);
});
