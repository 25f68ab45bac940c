import { performance } from 'node:perf_hooks';
import { toDabirError } from '../domain/errors.ts';
import { Stopped } from '../domain/stopped.ts';
import type { Job } from '../domain/transcription.ts';
import { DatabaseAwayError } from './ports/database.ts';
import type { Lanes, Progress } from './ports/lanes.ts';
import type { Log } from './ports/operations.ts';

/** The share of the lease after which a worker that cannot reach the database gives up by itself. */
const selfFenceShare = 0.7;

/**
 * The same while the database server itself says that it is down: then nobody can take the file. More than a lease and
 * the time between two heartbeats, so that a restart that takes less than a lease costs no work.
 */
const selfFenceShareWhileDown = 1.5;

/** Before a heartbeat that failed is sent again, in milliseconds; less than the sweepers wait after a start. */
const beatAgainMs = 250;

/**
 * Between two looks whether the file is still wanted, in milliseconds: what a person cancels or deletes stops within
 * that, however long leases are. Each look reads one row by its key.
 */
const lookMs = 500;

/**
 * Keeps a claimed file's lease alive with a heartbeat every quarter of it, and has one at once when its person does not
 * want it any more. A heartbeat that fails is sent again soon: a restart of the database costs no file.
 * @param progress how far the work is, for operators
 * @returns `signal` aborts with a Stopped ('lost' or 'cancel'); `isHeld` tells the same at once, also to whoever runs
 * before the signal after a long pause; `end` stops the heartbeats.
 */
export function holdLease(
  lanes: Lanes,
  job: Job,
  leaseMs: number,
  log: Log,
  progress: () => Progress | null = () => null,
): { readonly signal: AbortSignal; isHeld(): boolean; end(): void } {
  const controller = new AbortController();
  // Not the wall clock: it may jump.
  let heldSince = performance.now();
  let beating = false;
  let isDown = false;
  let isFailing = false;
  let ended = false;
  let again: NodeJS.Timeout | undefined;
  const isOverdue = () =>
    performance.now() - heldSince > leaseMs * (isDown ? selfFenceShareWhileDown : selfFenceShare);
  const beat = async () => {
    if (isOverdue()) controller.abort(new Stopped('lost'));
    if (beating || controller.signal.aborted) return;
    beating = true;
    const sentAt = performance.now();
    try {
      const { held, cancel } = await lanes.heartbeat(job, progress());
      if (!held) controller.abort(new Stopped('lost'));
      else if (cancel) controller.abort(new Stopped('cancel'));
      else heldSince = sentAt;
      isDown = false;
      isFailing = false;
    } catch (error) {
      isDown = error instanceof DatabaseAwayError && error.isDown;
      if (!ended) again = setTimeout(beat, beatAgainMs * (0.5 + Math.random() / 2));
      const level = isFailing ? 'debug' : 'warn';
      isFailing = true;
      log[level]({ transcription: job.id, cause: toDabirError(error).message }, 'heartbeat failed');
    } finally {
      beating = false;
    }
  };
  let looking = false;
  const look = async () => {
    if (looking || controller.signal.aborted) return;
    looking = true;
    try {
      if (!(await lanes.isWanted(job.id))) await beat();
    } catch (error) {
      log.debug({ transcription: job.id, cause: toDabirError(error).message }, 'not looked');
    } finally {
      looking = false;
    }
  };
  const timers = [setInterval(beat, leaseMs / 4), setInterval(look, lookMs)];
  return {
    signal: controller.signal,
    isHeld: () => !controller.signal.aborted && !isOverdue(),
    end() {
      ended = true;
      for (const timer of timers) clearInterval(timer);
      clearTimeout(again);
    },
  };
}
