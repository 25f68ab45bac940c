import type { UserId } from '../../domain/ids.ts';
import { DeliveryError } from '../ports/answers.ts';
import type { Log } from '../ports/operations.ts';
import { type Readings, type Standstill, standstills } from './standstills.ts';

/** What admins have been told of what stands still. One process at a time, the one on watch, tells them. */
export type Watch = {
  /**
   * Goes on watch, or stays there, for `leaseMs`. Resolves to the fence by which the rest knows that it still is; null
   * while another process is on watch.
   */
  take(holder: string, leaseMs: number): Promise<number | null>;
  /** Another process may go on watch at once. */
  leave(holder: string): Promise<void>;
  /** Writes down what stands still now. Resolves to false when another process is on watch. */
  note(fence: number, found: readonly Standstill[]): Promise<boolean>;
  /** Whom to tell what, now. */
  due(): Promise<Notice[]>;
  /** They know. Resolves to false when another process is on watch. */
  told(fence: number, notice: Notice): Promise<boolean>;
  /** Forgets what is over and told, but for the notices that could not be sent yet. */
  forget(fence: number, unsent: readonly Notice[]): Promise<void>;
  /** An admin wants to hear nothing for so long; null: from now on again. Resolves to false for whoever is nobody. */
  mute(userId: UserId, forMs: number | null): Promise<boolean>;
};

/** Something for one admin to know. */
export type Notice = {
  /** Of the standstill. */
  readonly id: number;
  /** `begun`: they hear of it for the first time. `lasts`: an hour later. `over`: and at the end. */
  readonly kind: 'begun' | 'lasts' | 'over';
  readonly standstill: Standstill;
  readonly begunAt: Date;
  readonly to: { readonly id: UserId; readonly languageCode: string | null };
};

/** Tells one admin, in their own chat. Rejects with a DeliveryError. */
export type TellAdmin = (notice: Notice) => Promise<void>;

export type TellAdminsDependencies = {
  readonly watch: Watch;
  readonly readings: () => Promise<Readings>;
  readonly tellAdmin: TellAdmin;
  readonly log: Log;
  /** Names this process. */
  readonly holder: string;
};

/**
 * Whoever has not renewed it for so long is off watch, in milliseconds: four times as long as between two rounds, and
 * longer than one message may take to be sent.
 */
const leaseMs = 60_000;

/**
 * One round of the watch: looks for what stands still, and tells admins once when it begins, every hour while it lasts,
 * and once when it is over. Does nothing while another process is on watch. A death right after a message may send that
 * one twice; one that does not go out is tried again in the next round.
 * @param signal aborts at the end of this process
 */
export async function tellAdmins(dependencies: TellAdminsDependencies, signal: AbortSignal): Promise<void> {
  const { watch, holder, readings, log } = dependencies;
  const fence = await watch.take(holder, leaseMs);
  if (fence === null) return;
  if (!(await watch.note(fence, standstills(await readings())))) return;
  const unsent: Notice[] = [];
  for (const notice of await watch.due()) {
    // Somebody else may be on watch by now, if this process was held up.
    if (signal.aborted || (await watch.take(holder, leaseMs)) !== fence) return;
    if (!(await tell(dependencies, notice))) {
      unsent.push(notice);
      continue;
    }
    const { kind, standstill } = notice;
    log.warn(
      { standstill: standstill.code, ...placeOf(standstill), notice: kind, admin: notice.to.id },
      'admin told',
    );
    if (!(await watch.told(fence, notice))) return;
  }
  await watch.forget(fence, unsent);
}

/** @returns false when it should be tried again */
async function tell({ tellAdmin, log }: TellAdminsDependencies, notice: Notice): Promise<boolean> {
  try {
    await tellAdmin(notice);
    return true;
  } catch (error) {
    const { kind, message } =
      error instanceof DeliveryError ? error : new DeliveryError('later', String(error), error);
    log.warn({ admin: notice.to.id, cause: message }, 'an admin could not be told what stands still');
    // Whoever never wrote to the bot, or has stopped it, cannot be told: asked again in an hour is often enough.
    return kind !== 'later';
  }
}

function placeOf({ engine, machine }: Standstill): object {
  return { ...(engine !== null && { engine }), ...(machine !== null && { machine }) };
}
