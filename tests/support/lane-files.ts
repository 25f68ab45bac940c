import type { Lanes, Outcome } from '../../src/app/ports/lanes.ts';
import { DabirError } from '../../src/domain/errors.ts';
import type { Job, Token, Upload } from '../../src/domain/transcription.ts';
import { submitted, upload } from './uploads.ts';

/** A result with one segment and one delivery. */
export const completed: Outcome & { state: 'COMPLETED' } = {
  state: 'COMPLETED',
  usage: null,
  durationSeconds: 11,
  transcript: { language: 'fa', languageProbability: null, segments: [] },
  deliveries: [{ kind: 'text', part: 0, payload: { text: 'سلام' } }],
};

export const failed: Outcome & { state: 'FAILED' } = {
  state: 'FAILED',
  usage: null,
  error: new DabirError('engine_failed', 'the engine gave up', { details: { status: 500 } }),
  deliveries: [{ kind: 'status', part: 0, payload: { kind: 'failed', code: 'engine_failed', details: {} } }],
};

/** Submits a file of a user whose lane is empty and picks LOCAL, so that it is QUEUED. Returns its token. */
export async function queued(lanes: Lanes, user: number, file: Partial<Upload> = {}): Promise<Token> {
  const { id } = await submitted(lanes, { ...upload({ user }), ...file });
  const choice = await lanes.choose(id, user, 'local');
  if (choice.outcome !== 'chosen' || choice.next?.id !== id) throw new Error('the lane was not empty');
  return choice.next;
}

/** Submits a file of a user whose lane is empty and claims it. */
export async function running(
  lanes: Lanes,
  user: number,
  file: Partial<Upload> = {},
  holder = 'a worker',
): Promise<Job> {
  const job = await lanes.claim(await queued(lanes, user, file), holder);
  if (job === null) throw new Error('nothing to claim');
  return job;
}

/** Takes a file through the lane to its end. Returns its id. */
export async function ended(
  lanes: Lanes,
  user: number,
  outcome: Outcome = completed,
  file: Partial<Upload> = {},
): Promise<number> {
  const job = await running(lanes, user, file);
  await lanes.finish(job, outcome);
  return job.id;
}
