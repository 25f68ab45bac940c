import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Outcome, SubmitOptions, SubmitResult } from '../../src/app/ports/lanes.ts';
import type { EngineId } from '../../src/domain/engine-names.ts';
import type { Upload } from '../../src/domain/transcription.ts';
import { openLaneStore } from '../support/lane-store.ts';
import { upload } from '../support/uploads.ts';

const { database, lanes, close } = await openLaneStore(60);
afterAll(close);
let user = 0;
beforeEach(() => {
  user += 1;
});

async function submit(file: Partial<Upload>, wishes: SubmitOptions) {
  const result = await lanes.submit({ ...upload({ user }), ...file }, wishes);
  if (result.outcome !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(result)}`);
  return result;
}

type Remembered = { lastEngine?: EngineId; defaultEngine?: EngineId };

describe('the engine that starts without a question', () => {
  test.for<[string, EngineId[], EngineId | null, Remembered, EngineId | null]>([
    ['the only one starts', ['local'], null, {}, 'local'],
    ['the only one starts, chosen last', ['local'], null, { lastEngine: 'local' }, 'local'],
    [
      'the only one does not start where another was chosen last',
      ['vira'],
      null,
      { lastEngine: 'local' },
      null,
    ],
    ['one of two does not start', ['local', 'vira'], null, { lastEngine: 'local' }, null],
    ['the default starts among two', ['local', 'vira'], null, { defaultEngine: 'vira' }, 'vira'],
    ['a default that takes no jobs does not start', ['local'], null, { defaultEngine: 'vira' }, null],
    [
      'that of the caption goes before the default',
      ['local', 'vira'],
      'local',
      { defaultEngine: 'vira' },
      'local',
    ],
    ['that of the caption does not start while it takes no jobs', ['local'], 'vira', {}, null],
    ['without engines nothing starts', [], null, {}, null],
  ])('%s', async ([, engines, engine, setting, expected]) => {
    await database.user.create({ data: { id: user, firstName: 'سارا', setting: { create: setting } } });
    const { id, state, choice } = await submit({ engine }, { engines });
    expect([state, choice?.engine ?? null]).toEqual([expected === null ? 'CHOOSING' : 'QUEUED', expected]);
    expect(await database.transcription.findUnique({ where: { id } })).toMatchObject({
      state,
      engine: expected,
    });
  });

  test('an upload that names no engines is CHOOSING', async () => {
    expect(await submit({}, {})).toMatchObject({ state: 'CHOOSING', choice: null });
  });
});

test('an upload that starts at once has a token that a worker can claim, and one step in the history', async () => {
  const { id, choice } = await submit({}, { engines: ['local'] });
  expect(choice).toMatchObject({ outcome: 'chosen', before: 0, next: { id, engine: 'local' } });
  const token = nextOf(choice);
  expect(await lanes.claim(token, 'a worker')).toMatchObject({ id, engine: 'local' });
  const history = await database.stateChange.findMany({
    where: { transcriptionId: id },
    orderBy: { id: 'asc' },
  });
  expect(history.map(({ fromState, toState }) => [fromState, toState])).toEqual([
    [null, 'QUEUED'],
    ['QUEUED', 'PROCESSING'],
  ]);
});

test('an upload behind another waits as PENDING with its position, and is promoted after it', async () => {
  const first = await submit({}, { engines: ['local'] });
  const second = await submit({}, { engines: ['local'] });
  const third = await submit({}, { engines: ['local'] });
  expect([second, third]).toMatchObject([
    { state: 'PENDING', choice: { before: 1, next: null } },
    { state: 'PENDING', choice: { before: 2, next: null } },
  ]);
  expect(await lanes.cancel(first.id, user)).toMatchObject({ next: { id: second.id } });
  expect(await database.lane.findUnique({ where: { userId: user } })).toMatchObject({
    activeId: BigInt(second.id),
    pending: 1,
    open: 2,
  });
});

test('an upload that is delivered fifty times at once is started once', async () => {
  const same = upload({ user });
  const results = await Promise.all(
    Array.from({ length: 50 }, () => lanes.submit(same, { engines: ['local'] })),
  );
  expect(results.filter((result) => result.outcome === 'accepted' && result.choice !== null)).toHaveLength(1);
});

test('an earlier transcript of the same file is returned instead, and the upload waits for it to be reused', async () => {
  const { choice } = await submit({ fileUniqueId: 'the same' }, { engines: ['local'] });
  const job = await lanes.claim(nextOf(choice), 'a worker');
  if (job === null) throw new Error('nothing to claim');
  await lanes.finish(job, done);
  expect(await submit({ fileUniqueId: 'the same' }, { engines: ['local'] })).toMatchObject({
    state: 'CHOOSING',
    choice: { outcome: 'earlier', engine: 'local', earlier: { id: job.id, transcript: { language: 'fa' } } },
  });
});

function nextOf(choice: (SubmitResult & { outcome: 'accepted' })['choice']) {
  if (choice?.outcome !== 'chosen' || choice.next === null) throw new Error('nothing to claim');
  return choice.next;
}

const done: Outcome = {
  state: 'COMPLETED',
  usage: null,
  durationSeconds: 11,
  transcript: { language: 'fa', languageProbability: 0.9, segments: [] },
  deliveries: [],
};
