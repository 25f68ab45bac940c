import fc from 'fast-check';
import type { Lanes, Outcome } from '../../../src/app/ports.ts';
import { engineIds } from '../../../src/domain/engine.ts';
import { DabirError } from '../../../src/domain/errors.ts';
import type { Job } from '../../../src/domain/transcription.ts';
import { upload } from '../../support/uploads.ts';
import type { Model, Outside } from './world.ts';

/** One call, for the model and for the database. Both have to give the same answer. */
export type Operation = {
  readonly name: string;
  readonly user: number | null;
  onModel(model: Model, skipping?: number): unknown;
  onLanes(lanes: Lanes): Promise<unknown>;
};

/** An operation that is still to learn what there is to operate on; null when there is nothing. */
export type Recipe = (outside: Outside) => Operation | null;

/** 0 is the newest. Mostly one of the newest is meant, now and then one that is long stale. */
const back = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: 2 }) },
  { weight: 1, arbitrary: fc.nat({ max: 15 }) },
);

function pick<T>(things: readonly T[], howFarBack: number): T | undefined {
  return things[things.length - 1 - (howFarBack % things.length)];
}

/** Somebody's file, and somebody who asks for something to be done with it: nearly always the same person. */
function onFile<Choice>(
  choices: fc.Arbitrary<Choice>,
  operation: (id: number, user: number, choice: Choice, outside: Outside) => Operation,
): fc.Arbitrary<Recipe> {
  const stranger = fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat() });
  return fc.tuple(back, stranger, choices).map(([index, other, choice]) => (outside) => {
    const file = pick(outside.files, index);
    if (file === undefined) return null;
    const user = other === null ? file.user : (outside.users[other % outside.users.length] ?? file.user);
    return operation(file.id, user, choice, outside);
  });
}

/** A job that some worker got once and may have lost since. */
function onJob<Choice>(
  choices: fc.Arbitrary<Choice>,
  operation: (job: Job, user: number, choice: Choice, outside: Outside) => Operation,
): fc.Arbitrary<Recipe> {
  return fc.tuple(back, choices).map(([index, choice]) => (outside) => {
    const held = pick(outside.jobs, index);
    return held === undefined ? null : operation(held.job, held.user, choice, outside);
  });
}

const submit: fc.Arbitrary<Recipe> = fc
  .record({
    who: fc.nat(),
    message: fc.integer({ min: 1, max: 20 }),
    seconds: fc.integer({ min: 0, max: 180 }),
  })
  .map(({ who, message, seconds }) => (outside) => {
    const user = outside.users[who % outside.users.length] ?? 0;
    return {
      name: `submit(message ${message} of user ${user}, ${seconds} s)`,
      user,
      onModel(model) {
        const answer = model.lane(user).submit(model.lastId + 1, message, seconds);
        if (answer.outcome === 'accepted' && answer.created) model.lastId += 1;
        return answer;
      },
      async onLanes(lanes) {
        const file = { ...upload({ user, messageId: message }), announcedSeconds: seconds };
        const answer = await lanes.submit(file);
        if (answer.outcome === 'accepted' && answer.created) outside.files.push({ user, id: answer.id });
        return answer;
      },
    };
  });

const choose = onFile(fc.constantFrom(...engineIds), (id, user, engine, outside) => ({
  name: `choose(${id} by user ${user}, ${engine})`,
  user,
  onModel: (model) => model.lane(user).choose(id, engine),
  async onLanes(lanes) {
    const answer = await lanes.choose(id, user, engine);
    if (answer.outcome === 'chosen') outside.keep(user, answer.next);
    return answer;
  },
}));

const claim: fc.Arbitrary<Recipe> = fc
  .tuple(back, fc.constantFrom('a', 'b'))
  .map(([index, holder]) => (outside) => {
    const handedOut = pick(outside.tokens, index);
    if (handedOut === undefined) return null;
    const { user, token } = handedOut;
    return {
      name: `claim(${token.id} with fence ${token.fence} by worker ${holder})`,
      user,
      onModel: (model) => model.lane(user).claim(token, holder),
      async onLanes(lanes) {
        const job = await lanes.claim(token, holder);
        if (job === null) return null;
        outside.jobs.push({ user, job });
        return { id: job.id, fence: job.fence, attempts: job.attempts };
      },
    };
  });

const heartbeat = onJob(fc.constant(null), (job, user) => ({
  name: `heartbeat(${job.id} with fence ${job.fence})`,
  user,
  onModel: (model) => model.lane(user).heartbeat(job),
  onLanes: (lanes) => lanes.heartbeat(job),
}));

const failure = new DabirError('engine_failed', 'the engine gave up');

const completed: Outcome = {
  state: 'COMPLETED',
  durationSeconds: 1,
  transcript: { language: 'fa', languageProbability: null, segments: [] },
  deliveries: [
    {
      kind: 'status',
      part: 0,
      payload: { kind: 'completed', durationSeconds: 1, wallSeconds: 1, engineName: '' },
    },
  ],
};

const failed: Outcome = {
  state: 'FAILED',
  error: failure,
  deliveries: [{ kind: 'status', part: 0, payload: { kind: 'failed', code: failure.code, details: {} } }],
};

const finish = onJob(fc.constantFrom(completed, failed), (job, user, outcome, outside) => ({
  name: `finish(${job.id} with fence ${job.fence}: ${outcome.state})`,
  user,
  onModel: (model) => model.lane(user).finish(job, outcome.state === 'FAILED' ? failure.code : null),
  async onLanes(lanes) {
    const answer = await lanes.finish(job, outcome);
    outside.keep(user, answer.next);
    return answer;
  },
}));

const requeue = onJob(fc.tuple(fc.boolean(), fc.nat({ max: 3 })), (job, user, [failing, hours], outside) => ({
  name: `requeue(${job.id} with fence ${job.fence}, ${failing ? 'a failure' : 'a release'}, in ${hours} h)`,
  user,
  onModel: (model) => model.lane(user).requeue(job, failing ? failure.code : null, hours),
  async onLanes(lanes) {
    const error = failing ? failure : null;
    const answer = await lanes.requeue(job, { error, backoffMs: hours * 3_600_000, counts: failing });
    outside.keep(user, answer.token, answer.next);
    return answer;
  },
}));

const cancel = onFile(fc.constant(null), (id, user, _, outside) => ({
  name: `cancel(${id} by user ${user})`,
  user,
  onModel: (model) => model.lane(user).cancel(id),
  async onLanes(lanes) {
    const answer = await lanes.cancel(id, user);
    if (answer.outcome === 'cancelled') outside.keep(user, answer.next);
    return answer;
  },
}));

const reopen = onFile(fc.boolean(), (id, user, chooseAnew, outside) => ({
  name: `reopen(${id} by user ${user}${chooseAnew ? ', another engine' : ''})`,
  user,
  onModel: (model) => model.lane(user).reopen(id, chooseAnew),
  async onLanes(lanes) {
    const answer = await lanes.reopen(id, user, chooseAnew);
    if (answer.outcome === 'chosen') outside.keep(user, answer.next);
    return answer;
  },
}));

const remove = onFile(fc.constant(null), (id, user, _, outside) => ({
  name: `delete(${id} by user ${user})`,
  user,
  onModel: (model) => model.lane(user).delete(id),
  async onLanes(lanes) {
    const answer = await lanes.delete(id, user);
    if (answer.outcome === 'deleted') outside.keep(user, answer.next);
    return answer;
  },
}));

const look: fc.Arbitrary<Recipe> = fc.nat().map((who) => (outside) => {
  const user = outside.users[who % outside.users.length] ?? 0;
  return {
    name: `open(user ${user})`,
    user,
    onModel: (model) => model.lane(user).open.map(({ id }, before) => ({ id, before })),
    onLanes: async (lanes) => (await lanes.open(user, 100)).map(({ id, before }) => ({ id, before })),
  };
});

const sweep: fc.Arbitrary<Recipe> = fc.constant((outside) => ({
  name: 'sweep()',
  user: null,
  onModel: (model, skipping) =>
    [...model.lanes]
      .flatMap(([user, lane]) => (user === skipping ? [] : (lane.sweep() ?? [])))
      .sort((a, b) => a.id - b.id),
  async onLanes(lanes) {
    const tokens = (await lanes.sweep()).sort((a, b) => a.id - b.id);
    for (const token of tokens) outside.keep(outside.ownerOf(token.id), token);
    return tokens;
  },
}));

/** Anything that people, bots and workers may ask of a lane, in shares that get files into every state. */
export const onOneLane: fc.Arbitrary<Recipe> = fc.oneof(
  { weight: 5, arbitrary: submit },
  { weight: 7, arbitrary: choose },
  { weight: 9, arbitrary: claim },
  { weight: 2, arbitrary: heartbeat },
  { weight: 6, arbitrary: finish },
  { weight: 3, arbitrary: requeue },
  { weight: 2, arbitrary: cancel },
  { weight: 4, arbitrary: reopen },
  { weight: 1, arbitrary: remove },
  { weight: 1, arbitrary: look },
);

/** The same, and sweeps, which go over all lanes. */
export const anything: fc.Arbitrary<Recipe> = fc.oneof(
  { weight: 12, arbitrary: onOneLane },
  { weight: 1, arbitrary: sweep },
);
