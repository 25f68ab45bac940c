import { performance } from 'node:perf_hooks';
import { toDabirError } from '../domain/errors.ts';
import { Stopped } from '../domain/stopped.ts';
import type { Job } from '../domain/transcription.ts';
import type { Lanes, Progress } from './ports/lanes.ts';
import type { Log } from './ports/operations.ts';

/** The share of the lease after which a worker that cannot reach the database gives up by itself. */
const selfFenceShare = 0.7;

/**
 * Between two looks whether the file is still wanted, in milliseconds: what a person cancels or deletes stops within
 * that, however long leases are. Each look reads one row by its key.
 */
const lookMs = 500;

/**
 * Keeps a claimed file's lease alive with a heartbeat every quarter of it, and has one at once when its person does not
 * want it any more.
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
  const isOverdue = () => performance.now() - heldSince > leaseMs * selfFenceShare;
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
    } catch (error) {
      log.warn({ transcription: job.id, cause: toDabirError(error).message }, 'heartbeat failed');
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
    end: () => timers.forEach(clearInterval),
  };
}
