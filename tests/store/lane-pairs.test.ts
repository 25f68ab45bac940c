/**
 * Two calls to one lane at the same time: the second one waits for the first one's transaction, and then answers and
 * does what it would have done after it.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EarlierTranscripts } from '../../src/app/ports/earlier-transcripts.ts';
import type { Lanes, Outcome } from '../../src/app/ports/lanes.ts';
import { DabirError } from '../../src/domain/errors.ts';
import type { Job, Token } from '../../src/domain/transcription.ts';
import type { Database } from '../../src/store/client.ts';
import { createCopies } from '../../src/store/copies.ts';
import { createEarlierTranscripts } from '../../src/store/earlier-transcripts.ts';
import { createLanes } from '../../src/store/lanes.ts';
import { freshDatabase, waitingForLocks } from '../support/databases.ts';
import { openTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { patientLanes, submitted, upload } from '../support/uploads.ts';

let database: TestDatabase;
let drop: () => Promise<void>;
let users = 0;
beforeAll(async () => {
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = openTestDatabase(fresh.url, 3);
});
afterAll(async () => {
  await database?.close();
  await drop?.();
});

/** Limits that leave room for one more file. */
const settings = { ...patientLanes, maxOpenFiles: 5 };
const failure = new DabirError('engine_failed', 'the engine gave up');
const completed: Outcome = {
  state: 'COMPLETED',
  usage: null,
  durationSeconds: 11,
  transcript: { language: 'fa', languageProbability: null, segments: [] },
  deliveries: [{ kind: 'text', part: 0, payload: { text: 'سلام' } }],
};

/** A user with one file in each state, `PROCESSING` or `QUEUED` in the slot, and two that are PENDING. */
type Scene = { user: number; ids: Record<string, number>; job: Job; token: Token };

async function prepare(active: 'PROCESSING' | 'QUEUED'): Promise<Scene> {
  users += 1;
  const user = users;
  const lanes = createLanes(database, settings);
  const add = async () => (await submitted(lanes, { ...upload({ user }), fileUniqueId: 'same' })).id;
  const run = async (outcome: Outcome) => {
    const id = await add();
    await lanes.finish(await claim(lanes, user, id), outcome);
    return id;
  };
  const ended = await run(completed);
  const failed = await run({ state: 'FAILED', usage: null, error: failure, deliveries: [] });
  const [first, second, third, choosing] = [await add(), await add(), await add(), await add()];
  let job: Job | null = null;
  const chosen = await lanes.choose(first, user, 'local');
  let token = chosen.outcome === 'chosen' ? chosen.next : null;
  for (const id of [second, third]) await lanes.choose(id, user, 'local');
  if (token !== null) job = await lanes.claim(token, 'a worker');
  if (active === 'QUEUED' && job !== null) {
    token = (await lanes.requeue(job, { error: failure, backoffMs: 0, countsAsAttempt: true })).token;
  }
  if (job === null || token === null) throw new Error('nothing to claim');
  return { user, ids: { ended, failed, first, second, third, choosing }, job, token };
}

async function claim(lanes: Lanes, user: number, id: number): Promise<Job> {
  const chosen = await lanes.choose(id, user, 'local');
  const job = chosen.outcome === 'chosen' && chosen.next && (await lanes.claim(chosen.next, 'a worker'));
  if (!job) throw new Error('nothing to claim');
  return job;
}

type Call = (scene: Scene, lanes: Lanes, on: Database) => Promise<unknown>;
const of = (scene: Scene, name: string) => scene.ids[name] ?? 0;
const calls: Record<string, Call> = {
  submit: ({ user }, lanes) => lanes.submit(upload({ user })),
  choose: (scene, lanes) => lanes.choose(of(scene, 'choosing'), scene.user, 'vira'),
  claim: ({ token }, lanes) => lanes.claim(token, 'another worker'),
  unclaim: ({ token }, lanes) => lanes.unclaim(token, 'a worker'),
  heartbeat: ({ job }, lanes) => lanes.heartbeat(job, { stage: 'transcribe', fraction: 0.5 }),
  finish: ({ job }, lanes) => lanes.finish(job, completed),
  requeue: ({ job }, lanes) => lanes.requeue(job, { error: failure, backoffMs: 0, countsAsAttempt: true }),
  'cancel of the active file': (scene, lanes) => lanes.cancel(of(scene, 'first'), scene.user),
  'cancel of a waiting file': (scene, lanes) => lanes.cancel(of(scene, 'second'), scene.user),
  'cancel of a file without an engine': (scene, lanes) => lanes.cancel(of(scene, 'choosing'), scene.user),
  'release by an admin': ({ user }, lanes) => lanes.forceRelease(user),
  retry: (scene, lanes) => lanes.reopen(of(scene, 'failed'), scene.user, false),
  'another engine for a waiting file': (scene, lanes) => lanes.reopen(of(scene, 'second'), scene.user, true),
  'deletion of the active file': (scene, lanes) => lanes.delete(of(scene, 'first'), scene.user),
  'deletion of a waiting file': (scene, lanes) => lanes.delete(of(scene, 'second'), scene.user),
  copy: (scene, _, on) => createCopies(on, settings).create(of(scene, 'ended'), scene.user),
  reuse: (scene, _, on) =>
    createEarlierTranscripts(on, settings).reuse(
      of(scene, 'choosing'),
      scene.user,
      'local',
      earlier(scene),
      completed.deliveries,
    ),
};
const earlier = (scene: Scene) => ({ id: of(scene, 'ended') }) as Parameters<EarlierTranscripts['reuse']>[3];

/** Writes ids by the names of their files, so that the answers for two users can be compared. */
function named(scene: Scene, value: unknown): unknown {
  const names = new Map(Object.entries(scene.ids).map(([name, id]) => [id, name]));
  const ignored = new Set([
    'waitedSeconds',
    'msSincePrevious',
    'messageId',
    'fileId',
    'userId',
    'chatId',
    'sentAt',
  ]);
  const name = (key: string, inner: unknown) => {
    if (ignored.has(key)) return undefined;
    return /^(id|active)$/.test(key) && typeof inner === 'number' ? (names.get(inner) ?? 'new') : inner;
  };
  return JSON.parse(JSON.stringify(value ?? null, name));
}

async function picture(scene: Scene): Promise<unknown> {
  const [row] = await database.query<unknown[]>`
    SELECT l."activeId"::int AS active, l.fence, l.holder, l.stage, l.pending, l.open, l."nextSeq", s."lastEngine",
           (SELECT jsonb_agg(jsonb_build_object('id', t.id, 'state', t.state, 'seq', t.seq, 'attempts', t.attempts,
                     'engine', t.engine, 'error', t."errorCode", 'cancelled', t."cancelRequestedAt" IS NOT NULL,
                     'isCopy', t."copyOf" IS NOT NULL,
                     'deliveries', (SELECT count(*) FROM delivery WHERE "transcriptionId" = t.id)) ORDER BY t.id)
              FROM transcription t WHERE t."userId" = l."userId") AS files
      FROM lane l LEFT JOIN setting s ON s."userId" = l."userId" WHERE l."userId" = ${scene.user}`;
  return named(scene, row);
}

/** Makes both calls, the second one before the first one's transaction has ended, or after it. */
async function make(first: Call, second: Call, active: 'PROCESSING' | 'QUEUED', together: boolean) {
  const scene = await prepare(active);
  const on = (client: Database, call: Call) => call(scene, createLanes(client, settings), client);
  let later = () => on(database, second);
  await database.transaction(async (transaction) => {
    await on(transaction, first);
    if (!together) return;
    const outcome = on(database, second);
    later = () => outcome;
    await waitsOrEnds(outcome);
  });
  return { answer: named(scene, await later()), lane: await picture(scene) };
}

/** Resolves when the call waits for a lock, or has ended. */
async function waitsOrEnds(outcome: Promise<unknown>): Promise<void> {
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
  };
  void outcome.then(end, end);
  while (!hasEnded) {
    await turn();
    if ((await waitingForLocks(database)) > 0) return;
  }
}

/**
 * The state of the active file, the first call, and the calls that would go wrong with a row that they read before it.
 */
const pairs: [active: 'PROCESSING' | 'QUEUED', first: string, seconds: string[]][] = [
  [
    'PROCESSING',
    'finish',
    [
      'finish',
      'requeue',
      'heartbeat',
      'cancel of the active file',
      'cancel of a waiting file',
      'deletion of the active file',
      'deletion of a waiting file',
      'another engine for a waiting file',
      'release by an admin',
      'retry',
      'choose',
    ],
  ],
  ['PROCESSING', 'requeue', ['finish', 'requeue', 'cancel of the active file', 'release by an admin']],
  ['PROCESSING', 'cancel of the active file', ['finish', 'requeue', 'release by an admin']],
  [
    'PROCESSING',
    'deletion of the active file',
    ['finish', 'cancel of the active file', 'cancel of a waiting file'],
  ],
  ['PROCESSING', 'release by an admin', ['finish', 'unclaim', 'release by an admin']],
  ['PROCESSING', 'choose', ['choose', 'cancel of a file without an engine', 'reuse']],
  ['PROCESSING', 'cancel of a file without an engine', ['choose', 'reuse']],
  ['PROCESSING', 'reuse', ['choose', 'reuse', 'cancel of a file without an engine']],
  ['PROCESSING', 'copy', ['copy', 'submit']],
  ['PROCESSING', 'submit', ['submit', 'copy']],
  ['PROCESSING', 'retry', ['retry']],
  [
    'QUEUED',
    'claim',
    ['claim', 'cancel of the active file', 'deletion of the active file', 'release by an admin'],
  ],
  [
    'QUEUED',
    'cancel of the active file',
    ['claim', 'cancel of a waiting file', 'deletion of a waiting file'],
  ],
  ['QUEUED', 'release by an admin', ['claim']],
];

test.each(pairs)(
  'while the active file is %s, calls during the transaction of %s are as after it',
  async (active, first, seconds) => {
    const call = (name: string) => calls[name] ?? (() => Promise.reject(new Error(name)));
    for (const second of seconds) {
      const expected = await make(call(first), call(second), active, false);
      expect(await make(call(first), call(second), active, true), second).toEqual(expected);
    }
  },
);

test.each(Object.keys(calls))(
  '%s waits for its lane before it locks a file, so that two calls never wait for each other',
  async (name) => {
    const scene = await prepare('PROCESSING');
    let waiting: Promise<unknown> = Promise.resolve();
    await database.transaction(async (transaction) => {
      await transaction.query`SELECT 1 AS one FROM lane WHERE "userId" = ${scene.user} FOR UPDATE`;
      waiting = Promise.resolve(calls[name]?.(scene, createLanes(database, settings), database));
      await waitsOrEnds(waiting);
      await transaction.query`
      SELECT 1 AS one FROM transcription WHERE "userId" = ${scene.user} FOR UPDATE NOWAIT`;
    });
    await waiting;
  },
);
