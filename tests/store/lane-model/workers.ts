import fc from 'fast-check';
import type { Outcome } from '../../../src/app/ports/lanes.ts';
import { DabirError } from '../../../src/domain/errors.ts';
import { back, onJob, pick, type Recipe } from './recipes.ts';

/** Requests of workers and sweeps. */

export const claim: fc.Arbitrary<Recipe> = fc
  .tuple(back, fc.constantFrom('a', 'b', 'c'))
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

export const heartbeat = onJob(fc.constant(null), (job, user) => ({
  name: `heartbeat(${job.id} with fence ${job.fence})`,
  user,
  onModel: (model) => model.lane(user).heartbeat(job),
  onLanes: (lanes) => lanes.heartbeat(job),
}));

const failure = new DabirError('engine_failed', 'the engine gave up');

const completed: Outcome = {
  state: 'COMPLETED',
  usage: null,
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
  usage: null,
  error: failure,
  deliveries: [{ kind: 'status', part: 0, payload: { kind: 'failed', code: failure.code, details: {} } }],
};

export const finish = onJob(fc.constantFrom(completed, failed), (job, user, outcome, outside) => ({
  name: `finish(${job.id} with fence ${job.fence}: ${outcome.state})`,
  user,
  onModel: (model) => model.lane(user).finish(job, outcome.state === 'FAILED' ? failure.code : null),
  async onLanes(lanes) {
    const answer = await lanes.finish(job, outcome);
    outside.keep(user, answer.next);
    return answer;
  },
}));

export const requeue = onJob(
  fc.tuple(fc.boolean(), fc.nat({ max: 3 })),
  (job, user, [failing, hours], outside) => ({
    name: `requeue(${job.id} with fence ${job.fence}, ${failing ? 'a failure' : 'a release'}, in ${hours} h)`,
    user,
    onModel: (model) => model.lane(user).requeue(job, failing ? failure.code : null, hours),
    async onLanes(lanes) {
      const error = failing ? failure : null;
      const answer = await lanes.requeue(job, {
        error,
        backoffMs: hours * 3_600_000,
        countsAsAttempt: failing,
      });
      outside.keep(user, answer.token, answer.next);
      return answer;
    },
  }),
);

export const sweep: fc.Arbitrary<Recipe> = fc.constant((outside) => ({
  name: 'sweep()',
  user: null,
  onModel: (model, skipping) =>
    [...model.lanes]
      .flatMap(([user, lane]) => (user === skipping ? [] : (lane.sweep(model.hadOthers(user)) ?? [])))
      .sort((a, b) => a.id - b.id),
  async onLanes(lanes) {
    const tokens = (await lanes.sweep()).sort((a, b) => a.id - b.id);
    for (const token of tokens) outside.keep(outside.ownerOf(token.id), token);
    return tokens;
  },
}));
