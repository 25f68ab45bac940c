import { setTimeout as sleep } from 'node:timers/promises';
import { DeliveryError } from '../ports/answers.ts';
import type { Log } from '../ports/operations.ts';
import type { Announcer, Broadcast, Broadcasts, Recipient } from './ports.ts';

export type BroadcastDependencies = {
  readonly broadcasts: Broadcasts;
  readonly announcer: Announcer;
  readonly log: Log;
  /** Names this process. */
  readonly holder: string;
  /** Between two messages, and before one is tried again (it doubles), in milliseconds. */
  readonly pace: { readonly gapMs: number; readonly pauseMs: number };
};

/** Whoever has been silent for so long is not sending any more, in milliseconds: longer than a try and a pause take. */
const leaseMs = 300_000;

/** People read from the database at a time. */
const atOnce = 50;

/** A message that does not go out is tried so often, so that an outage of minutes costs nobody theirs. */
const tries = 10;
const longestPauseMs = 60_000;

/**
 * Sends the announcements that nobody is sending, one message after the other. When this process ends, another (or the
 * next) goes on after the last person; a death right after a message may send that one twice.
 */
export async function sendBroadcasts(
  dependencies: BroadcastDependencies,
  signal: AbortSignal,
): Promise<void> {
  const { broadcasts, announcer, log, holder } = dependencies;
  for (;;) {
    const broadcast = signal.aborted ? null : await broadcasts.take(holder, leaseMs);
    if (broadcast === null) return;
    const isWhole = await sendToAll(dependencies, broadcast, signal);
    const result = isWhole ? await broadcasts.finish(broadcast) : null;
    if (!isWhole) await broadcasts.release(broadcast);
    if (result === null) continue;
    log.info({ broadcast: broadcast.id, ...result }, 'announcement sent');
    await announcer.tellDone(broadcast.madeBy, result).catch(() => undefined);
  }
}

/** @returns false when it was stopped, is another process's by now, or this process ends */
async function sendToAll(
  dependencies: BroadcastDependencies,
  broadcast: Broadcast,
  signal: AbortSignal,
): Promise<boolean> {
  const { broadcasts, pace } = dependencies;
  for (let lastUserId = broadcast.lastUserId; ; ) {
    const people = await broadcasts.next({ ...broadcast, lastUserId }, atOnce);
    if (people.length === 0) return true;
    for (const person of people) {
      const how = await sendTo(dependencies, broadcast, person, signal);
      if (how === null || !(await broadcasts.mark(broadcast, person, how, leaseMs))) return false;
      lastUserId = person.id;
      await sleep(pace.gapMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** @returns what came of it; null when this process ends, or the announcement is stopped, before anything did */
async function sendTo(
  { broadcasts, announcer, log, pace }: BroadcastDependencies,
  broadcast: Broadcast,
  person: Recipient,
  signal: AbortSignal,
): Promise<'sent' | 'missed' | 'left' | null> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (signal.aborted || (attempt > 0 && !(await broadcasts.keep(broadcast, leaseMs)))) return null;
    try {
      await announcer.announce(person, broadcast);
      return 'sent';
    } catch (error) {
      const { kind, message } =
        error instanceof DeliveryError ? error : new DeliveryError('later', String(error), error);
      if (kind === 'gone') return 'left';
      log.warn({ broadcast: broadcast.id, attempt, cause: message }, 'announcement not delivered');
      if (kind === 'refused') return 'missed';
      await sleep(Math.min(longestPauseMs, pace.pauseMs * 2 ** attempt), undefined, { signal }).catch(
        () => undefined,
      );
    }
  }
  return 'missed';
}
