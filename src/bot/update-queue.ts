import { setTimeout as sleep } from 'node:timers/promises';
import type { Update } from 'grammy/types';
import type { Log } from '../app/ports/log.ts';
import { waitAtMost } from '../lib/wait-at-most.ts';
import { createFailureCounter } from './failing-updates.ts';

export type UpdateQueueDependencies = {
  /**
   * Handles one update. Calls `confirm` as soon as its data is safe in the database. Rejects when
   * the update has to be handled again.
   */
  readonly handle: (update: Update, confirm: () => void) => Promise<void>;
  /** Resolves to false while the database does not answer; a failure is then not caused by the update. */
  readonly isDatabaseReachable: () => Promise<boolean>;
  /** Pause before an update is handled a second time, in ms; it doubles up to eight times this value. */
  readonly firstPauseMs: number;
  readonly signal: AbortSignal;
  readonly log: Log;
};

/**
 * The updates that are being handled. Updates of one chat are handled in order, different chats at the same time, so a
 * handler that hangs delays no other chat. After the signal aborts, no further update is started.
 */
export class UpdateQueue {
  readonly #dependencies: UpdateQueueDependencies;
  readonly #unconfirmed = new Set<number>();
  readonly #chats = new Map<number | string, Promise<void>>();
  #next = 0;
  readonly #countFailure: (updateId: number) => Promise<boolean>;
  #whenIdle = Promise.withResolvers<void>();

  constructor(dependencies: UpdateQueueDependencies) {
    this.#dependencies = dependencies;
    this.#countFailure = createFailureCounter(dependencies.isDatabaseReachable, dependencies.log);
    this.#whenIdle.resolve();
  }

  /** The offset for getUpdates: every update before it counts as handled. */
  get offset(): number {
    return this.#unconfirmed.size === 0 ? this.#next : Math.min(...this.#unconfirmed);
  }

  /**
   * Starts the updates that are new. Telegram repeats unconfirmed updates, so most may be known already.
   * @param asked offset of the request that they answer. Updates may have been confirmed since then.
   */
  add(updates: readonly Update[], asked: number): void {
    const [first] = updates;
    // After a week without updates, Telegram continues with another number (Bot API, `Update.update_id`).
    if (first !== undefined && first.update_id < asked) this.#next = first.update_id;
    for (const update of updates) {
      if (update.update_id < this.#next) continue;
      this.#next = update.update_id + 1;
      this.#begin(update);
    }
  }

  /** Resolves when every update counts as handled, or after `maxWaitMs`. */
  async waitUntilIdle(maxWaitMs: number): Promise<void> {
    await waitAtMost(maxWaitMs, this.#whenIdle.promise);
  }

  #begin(update: Update): void {
    if (this.#unconfirmed.size === 0) this.#whenIdle = Promise.withResolvers();
    this.#unconfirmed.add(update.update_id);
    const chat = chatOf(update);
    const handled = (this.#chats.get(chat) ?? Promise.resolve())
      .then(() => this.#handle(update))
      .finally(() => {
        if (this.#chats.get(chat) === handled) this.#chats.delete(chat);
      });
    this.#chats.set(chat, handled);
  }

  /**
   * Handles an update until it succeeds or is dropped; never rejects. The chat's next update waits
   * for it, because order is guaranteed.
   */
  async #handle(update: Update): Promise<void> {
    const { handle, firstPauseMs, signal } = this.#dependencies;
    let confirmed = false;
    const confirm = () => {
      if (!confirmed) this.#confirm(update.update_id);
      confirmed = true;
    };
    for (let round = 0; !confirmed && !signal.aborted; round += 1) {
      const handled = await handle(update, confirm).then(
        () => true,
        () => false,
      );
      if (handled) return confirm();
      if (confirmed) return;
      if (await this.#countFailure(update.update_id)) return confirm();
      const pause = firstPauseMs * Math.min(8, 2 ** round);
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  #confirm(updateId: number): void {
    this.#unconfirmed.delete(updateId);
    if (this.#unconfirmed.size === 0) this.#whenIdle.resolve();
  }
}

/** Returns the chat in whose order an update is handled; of a connected account all updates are in one order. */
function chatOf({ message, callback_query, my_chat_member, update_id, ...update }: Update): number | string {
  return (
    message?.chat.id ??
    update.business_connection?.id ??
    update.business_message?.business_connection_id ??
    update.edited_business_message?.business_connection_id ??
    update.deleted_business_messages?.business_connection_id ??
    my_chat_member?.chat.id ??
    callback_query?.message?.chat.id ??
    callback_query?.from.id ??
    update_id
  );
}
