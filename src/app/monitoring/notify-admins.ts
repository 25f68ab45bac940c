import type { UserId } from '../../domain/ids.ts';
import { logError } from '../log-error.ts';
import type { Log } from '../ports/log.ts';
import { DeliveryError } from '../ports/messenger.ts';
import { findStandstills, type Readings, type Standstill } from './standstills.ts';

/**
 * Records of the standstills and of the admins who were notified. One process at a time, the one on watch, notifies
 * the admins.
 */
export type Watch = {
  /**
   * Takes or renews the watch for `watchLeaseMs` (ms). Resolves to the fence that the other methods check; null while
   * another process is on watch.
   */
  lease(holder: string, watchLeaseMs: number): Promise<number | null>;
  /** Ends the watch, so that another process can take it at once. */
  leave(holder: string): Promise<void>;
  /**
   * Stores the current standstills. Resolves to `quiet` when there are none, and none that has just ended; to `lost`
   * when another process is on watch.
   */
  recordStandstills(fence: number, found: readonly Standstill[]): Promise<'standing' | 'quiet' | 'lost'>;
  /** Returns the notices that are due. */
  due(): Promise<Notice[]>;
  /** Records that an admin was notified. Resolves to false when another process is on watch. */
  told(fence: number, notice: Notice): Promise<boolean>;
  /** Deletes standstills that are over and reported, except those with notices that could not be sent yet. */
  forget(fence: number, unsent: readonly Notice[]): Promise<void>;
  /**
   * Mutes notices to an admin.
   * @param forMs duration, in ms; null ends it
   * @returns false when there is no such user
   */
  mute(userId: UserId, forMs: number | null): Promise<boolean>;
};

/** A notice to one admin. */
export type Notice = {
  /** Id of the standstill. */
  readonly id: number;
  /** `begun`: first notice. `lasts`: repeated every hour. `over`: the standstill has ended. */
  readonly kind: 'begun' | 'lasts' | 'over';
  readonly standstill: Standstill;
  readonly begunAt: Date;
  readonly to: { readonly id: UserId; readonly languageCode: string | null };
};

/** Sends a notice to an admin's private chat. Rejects with a DeliveryError. */
export type NotifyAdmin = (notice: Notice) => Promise<void>;

export type NotifyAdminsDependencies = {
  readonly watch: Watch;
  readonly readings: () => Promise<Readings>;
  readonly notifyAdmin: NotifyAdmin;
  readonly log: Log;
  /** Name of this process. */
  readonly holder: string;
};

/**
 * Lease of the watch, in ms: four times the interval between two rounds, and longer than the sending of one message may
 * take.
 */
const watchLeaseMs = 60_000;

/**
 * Runs one round of the watch: looks for standstills, and notifies admins once when one begins, every hour while it
 * lasts, and once when it is over. Does nothing while another process is on watch. A crash right after a message may
 * send that message twice; a message that fails is tried again in the next round.
 * @param signal aborts at the end of this process
 */
export async function notifyAdmins(
  dependencies: NotifyAdminsDependencies,
  signal: AbortSignal,
): Promise<void> {
  const { watch, holder, readings, log } = dependencies;
  const fence = await watch.lease(holder, watchLeaseMs);
  if (fence === null) return;
  if ((await watch.recordStandstills(fence, findStandstills(await readings()))) !== 'standing') return;
  const unsent: Notice[] = [];
  for (const notice of await watch.due()) {
    // Another process may be on watch by now, if this one was held up.
    if (signal.aborted || (await watch.lease(holder, watchLeaseMs)) !== fence) return;
    if (!(await tell(dependencies, notice))) {
      unsent.push(notice);
      continue;
    }
    const { kind, standstill } = notice;
    log.warn(
      { standstill: standstill.code, ...placeOf(standstill), notice: kind, admin: notice.to.id },
      'admin notified',
    );
    if (!(await watch.told(fence, notice))) return;
  }
  await watch.forget(fence, unsent);
}

/**
 * Sends a notice.
 * @returns false when it should be tried again
 */
async function tell({ notifyAdmin, log }: NotifyAdminsDependencies, notice: Notice): Promise<boolean> {
  try {
    await notifyAdmin(notice);
    return true;
  } catch (error) {
    const kind = error instanceof DeliveryError ? error.kind : 'later';
    logError(log, 'warn', { admin: notice.to.id }, error, 'admin not notified of a standstill');
    // An admin who never wrote to the bot, or has stopped it, cannot be notified. The next attempt comes in an hour,
    // which is often enough.
    return kind !== 'later';
  }
}

function placeOf({ engine, machine }: Standstill): object {
  return { ...(engine !== null && { engine }), ...(machine !== null && { machine }) };
}
