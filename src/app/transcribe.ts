import { jobDeadlineMs } from '../domain/deadline.ts';
import type { Delivery } from '../domain/delivery.ts';
import { documentFormats } from '../domain/document.ts';
import type { Engine, EngineId } from '../domain/engine.ts';
import { DabirError, toDabirError } from '../domain/errors.ts';
import { toParagraphs } from '../domain/paragraphs.ts';
import { splitMessage } from '../domain/split-message.ts';
import type { Job, Token } from '../domain/transcription.ts';
import { showIfDeleted } from './delete-file.ts';
import { type DeliverDependencies, deliver } from './deliver.ts';
import { dispatch } from './dispatch.ts';
import { holdLease, Stopped } from './lease.ts';
import { createLimits } from './limits.ts';
import { type Heard, type ListenDependencies, listen } from './listen.ts';
import type { Places } from './places.ts';
import type { Lanes, Outcome, Tokens } from './ports.ts';
import { createProgress } from './progress.ts';

export type TranscribeDependencies = ListenDependencies &
  DeliverDependencies & {
    lanes: Lanes;
    tokens: Tokens;
    engines: ReadonlyMap<EngineId, Engine>;
    places: Places;
    /** Names this process in the lane, for the history. */
    holder: string;
    leaseMs: number;
    maxAttempts: number;
    /** Before the second attempt, in milliseconds; it doubles from attempt to attempt. */
    firstBackoffMs: number;
    /** From claim to finish at most, whatever the file's length, in milliseconds. */
    longestJobMs: number;
    /** Work that may go on after the file has ended; awaited when the process stops. */
    background(work: Promise<void>): void;
  };

/**
 * A token's work: claims the file, turns it into a transcript, commits the ending and wakes the next; then sends the
 * answer. Resolves when the file has ended or been given back; sending goes on in the background, so that it does not
 * keep the next file waiting. Rejects only when the database cannot be reached: the sweeper mends that.
 * @param shutdown aborts when this process is to end: the file is given back at once.
 */
export async function transcribe(
  dependencies: TranscribeDependencies,
  token: Token,
  shutdown: AbortSignal,
): Promise<void> {
  const { lanes, replies, holder, leaseMs, longestJobMs, log } = dependencies;
  if (shutdown.aborted) return;
  const job = await lanes.claim(token, holder);
  if (job === null) {
    log.debug({ transcription: token.id, fence: token.fence }, 'stale token');
    return;
  }
  log.info({ transcription: job.id, engine: job.engine, attempt: job.attempts }, 'processing');
  const startedAt = Date.now();
  const lease = holdLease(lanes, job, leaseMs, log);
  const limits = createLimits(shutdown, longestJobMs);
  const progress = createProgress(replies, job, lease.isHeld, log);
  try {
    const engine = engineOf(dependencies, job);
    const signal = AbortSignal.any([lease.signal, limits.signal]);
    const heard = await listen(dependencies, engine, job, signal, {
      show: progress.show,
      decoded: (seconds) => limits.setDeadline(jobDeadlineMs(engine, seconds, longestJobMs)),
    });
    await progress.end();
    await commit(dependencies, job, completed(heard, engine.name, (Date.now() - startedAt) / 1000));
  } catch (thrown) {
    await progress.end();
    await giveUp(dependencies, job, thrown);
  } finally {
    lease.end();
    limits.end();
  }
}

function engineOf({ engines }: TranscribeDependencies, job: Job): Engine {
  const engine = engines.get(job.engine);
  if (engine === undefined)
    throw new DabirError('engine_unavailable', `no engine ${job.engine} in this process`);
  return engine;
}

function completed({ transcript, durationSeconds }: Heard, engineName: string, wallSeconds: number): Outcome {
  const texts = splitMessage(toParagraphs(transcript.segments).join('\n\n'));
  const deliveries: Delivery[] = [
    ...texts.map((text, part) => ({ kind: 'text' as const, part, payload: { text } })),
    { kind: 'album', part: 0, payload: { formats: documentFormats } },
    { kind: 'status', part: 0, payload: { kind: 'completed', durationSeconds, wallSeconds, engineName } },
  ];
  return { state: 'COMPLETED', transcript, durationSeconds, deliveries };
}

function failed(error: DabirError): Outcome {
  const view = { kind: 'failed' as const, code: error.code, details: error.details };
  return { state: 'FAILED', error, deliveries: [{ kind: 'status', part: 0, payload: view }] };
}

async function commit(dependencies: TranscribeDependencies, job: Job, outcome: Outcome): Promise<void> {
  const { lanes, log } = dependencies;
  const { result, next } = await lanes.finish(job, outcome);
  if (result === 'lost') return lost(dependencies, job, 'commit refused: the lease was lost');
  await dispatch(dependencies, next);
  const state = result === 'cancelled' ? 'CANCELLED' : outcome.state;
  log.info(
    { transcription: job.id, fence: job.fence, state, ...(state === 'FAILED' && causeOf(outcome)) },
    'ended',
  );
  answer(dependencies, job, result === 'cancelled' ? [cancelled] : outcome.deliveries);
}

const cancelled: Delivery = { kind: 'status', part: 0, payload: { kind: 'cancelled' } };

/** Tells the person how it ended, then those behind that they moved up. */
function answer(dependencies: TranscribeDependencies, job: Job, deliveries: readonly Delivery[]): void {
  dependencies.background(deliver(dependencies, { transcription: job, deliveries }));
  dependencies.places.moved(job.userId);
}

function causeOf(outcome: Outcome): object {
  return outcome.state === 'FAILED' ? { code: outcome.error.code, cause: outcome.error.message } : {};
}

/** Somebody else has the file, or nobody: it is not ours to end. */
function lost(dependencies: TranscribeDependencies, job: Job, message: string): void {
  dependencies.log.warn({ transcription: job.id, fence: job.fence }, message);
  dependencies.background(showIfDeleted(dependencies, job));
}

/** The work did not come to its end: give the file back, or end it with its reason. */
async function giveUp(dependencies: TranscribeDependencies, job: Job, thrown: unknown): Promise<void> {
  const { maxAttempts, firstBackoffMs } = dependencies;
  const reason = thrown instanceof Stopped ? thrown.reason : undefined;
  if (reason === 'lost') return lost(dependencies, job, 'lease lost; left to its next worker');
  // A cancel that the person asked for is found by the database itself, whichever way the file is given back.
  if (reason === 'cancel' || reason === 'shutdown') return requeue(dependencies, job, null, 0);
  const error =
    reason === 'deadline'
      ? new DabirError('deadline_exceeded', 'the whole-job deadline passed')
      : toDabirError(thrown);
  if (error.retryable && job.attempts < maxAttempts) {
    return requeue(dependencies, job, error, backoffMs(firstBackoffMs, job.attempts, error.retryAfterMs));
  }
  await commit(dependencies, job, failed(error));
}

const longestBackoffMs = 5 * 60_000;

/** A service that wants to be left alone for longer is as good as gone: the person is told before that. */
const longestRetryAfterMs = 60 * 60_000;

/**
 * Until the next attempt: doubling, or what the service asked for and never less; with jitter, so that many do not
 * come back at once.
 */
function backoffMs(firstMs: number, attempts: number, retryAfterMs: number | null): number {
  if (retryAfterMs !== null) {
    return Math.round(Math.min(longestRetryAfterMs, retryAfterMs) * (1 + Math.random() / 4));
  }
  return Math.round(Math.min(longestBackoffMs, firstMs * 2 ** (attempts - 1)) * (0.75 + Math.random() / 2));
}

async function requeue(
  dependencies: TranscribeDependencies,
  job: Job,
  error: DabirError | null,
  delayMs: number,
): Promise<void> {
  const { lanes, replies, log } = dependencies;
  const { result, token, next } = await lanes.requeue(job, {
    error,
    backoffMs: delayMs,
    counts: error !== null,
  });
  if (result === 'lost') return lost(dependencies, job, 'not given back: the lease was lost');
  await dispatch(dependencies, token, delayMs);
  await dispatch(dependencies, next);
  log.info(
    { transcription: job.id, result, code: error?.code, cause: error?.message, delayMs },
    'given back',
  );
  if (result === 'cancelled') {
    answer(dependencies, job, [cancelled]);
  } else if (error !== null && job.statusMessageId !== null) {
    await replies
      .showStatus(job, { kind: 'retrying', code: error.code, seconds: Math.ceil(delayMs / 1000) })
      .catch(() => log.debug({ transcription: job.id }, 'status not edited'));
  }
}
