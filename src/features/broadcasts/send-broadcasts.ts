import { setTimeout as sleep } from 'node:timers/promises';
import { forEachTask } from '../../app/leased-tasks.ts';
import { logError } from '../../app/log-error.ts';
import type { BroadcastSender, Recipient } from '../../app/ports/broadcast-sender.ts';
import type { Log } from '../../app/ports/log.ts';
import { DeliveryError } from '../../app/ports/messenger.ts';
import type { Broadcast, Broadcasts } from './store.ts';

export type BroadcastDependencies = {
  readonly broadcasts: Broadcasts;
  readonly broadcastSender: BroadcastSender;
  readonly log: Log;
  /** Name of this process. */
  readonly holder: string;
  /** `gapMs`: delay between two messages, in ms. `pauseMs`: delay before a retry, in ms; it doubles with each retry. */
  readonly timing: { readonly gapMs: number; readonly pauseMs: number };
};

/** Lease of a broadcast, in ms: longer than one attempt and one pause take. */
const taskLeaseMs = 300_000;

/** Number of users read from the database at a time. */
const batchSize = 50;

/** Maximum number of attempts per message, so that an outage of minutes skips no user. */
const maxAttempts = 10;
const maxPauseMs = 60_000;

/**
 * Sends the broadcasts that no other process is sending, one message after the other. When this process ends, another
 * one continues after the last user. A crash right after a message may send that message twice.
 */
export async function sendBroadcasts(
  dependencies: BroadcastDependencies,
  signal: AbortSignal,
): Promise<void> {
  const { broadcasts, broadcastSender, log, holder } = dependencies;
  await forEachTask(
    () => broadcasts.lease(holder, taskLeaseMs),
    async (broadcast) => {
      const isWhole = await sendToAll(dependencies, broadcast, signal);
      const result = isWhole ? await broadcasts.finish(broadcast) : null;
      if (!isWhole) await broadcasts.release(broadcast);
      if (result === null) return;
      log.info({ broadcast: broadcast.id, ...result }, 'broadcast sent');
      await broadcastSender.tellDone(broadcast.madeBy, result).catch(() => undefined);
    },
    signal,
  );
}

/**
 * Sends a broadcast to all remaining users.
 * @returns false when it was stopped, another process has taken it over, or this process ends
 */
async function sendToAll(
  dependencies: BroadcastDependencies,
  broadcast: Broadcast,
  signal: AbortSignal,
): Promise<boolean> {
  const { broadcasts, timing } = dependencies;
  for (let lastUserId = broadcast.lastUserId; ; ) {
    const recipients = await broadcasts.next({ ...broadcast, lastUserId }, batchSize);
    if (recipients.length === 0) return true;
    for (const recipient of recipients) {
      const how = await sendTo(dependencies, broadcast, recipient, signal);
      if (how === null || !(await broadcasts.recordOutcome(broadcast, recipient, how, taskLeaseMs)))
        return false;
      lastUserId = recipient.id;
      await sleep(timing.gapMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

/**
 * Sends a broadcast to one user.
 * @returns the result; null when this process ends, or the broadcast was stopped, before there was one
 */
async function sendTo(
  { broadcasts, broadcastSender, log, timing }: BroadcastDependencies,
  broadcast: Broadcast,
  recipient: Recipient,
  signal: AbortSignal,
): Promise<'sent' | 'missed' | 'left' | null> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    if (signal.aborted || (attempt > 0 && !(await broadcasts.renew(broadcast, taskLeaseMs)))) return null;
    try {
      await broadcastSender.send(recipient, broadcast);
      return 'sent';
    } catch (error) {
      const kind = error instanceof DeliveryError ? error.kind : 'later';
      if (kind === 'gone') return 'left';
      logError(log, 'warn', { broadcast: broadcast.id, attempt }, error, 'broadcast not delivered');
      if (kind === 'refused') return 'missed';
      await sleep(Math.min(maxPauseMs, timing.pauseMs * 2 ** attempt), undefined, { signal }).catch(
        () => undefined,
      );
    }
  }
  return 'missed';
}
