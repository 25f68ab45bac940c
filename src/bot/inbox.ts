import { setTimeout as sleep } from 'node:timers/promises';
import type { Update } from 'grammy/types';
import type { Log } from '../app/ports/operations.ts';

export type InboxDependencies = {
  /**
   * Handles one update to its end; calls `committed` earlier when what it brought is safe. Rejects when it has to be
   * handled again.
   */
  readonly handle: (update: Update, committed: () => void) => Promise<void>;
  /** False while the database does not answer: no failure is the update's own fault then. */
  readonly databaseAnswers: () => Promise<boolean>;
  /** Before an update is handled for the second time, in milliseconds; it doubles, eightfold at most. */
  readonly firstPauseMs: number;
  readonly signal: AbortSignal;
  readonly log: Log;
};

/** An update that fails so often while the database answers is let go: it would hold up its chat for ever. */
const mostAttempts = 5;

/**
 * The updates under way. Those of one chat are handled in their order, different chats at the same time, so that one
 * that hangs holds up nobody else. Once the signal aborts nothing more is begun.
 */
export class Inbox {
  readonly #dependencies: InboxDependencies;
  readonly #unconfirmed = new Set<number>();
  readonly #chats = new Map<number, Promise<void>>();
  #next = 0;
  #whenIdle = Promise.withResolvers<void>();

  constructor(dependencies: InboxDependencies) {
    this.#dependencies = dependencies;
    this.#whenIdle.resolve();
  }

  /** What getUpdates may be told: every update before it counts as handled. */
  get offset(): number {
    return this.#unconfirmed.size === 0 ? this.#next : Math.min(...this.#unconfirmed);
  }

  /** Begins what has not been begun. Telegram repeats what is unconfirmed, so most of it may be known. */
  take(updates: readonly Update[]): void {
    const [first] = updates;
    // After a quiet week Telegram begins to count anew, somewhere else (Bot API, `Update.update_id`).
    if (first !== undefined && first.update_id < this.offset) this.#next = first.update_id;
    for (const update of updates) {
      if (update.update_id < this.#next) continue;
      this.#next = update.update_id + 1;
      this.#begin(update);
    }
  }

  /** Resolves when every update counts as handled, at the latest after so many milliseconds. */
  async idle(longestMs: number): Promise<void> {
    const timer = new AbortController();
    const { signal } = timer;
    await Promise.race([
      this.#whenIdle.promise,
      sleep(longestMs, undefined, { signal }).catch(() => undefined),
    ]);
    timer.abort();
  }

  #begin(update: Update): void {
    if (this.#unconfirmed.size === 0) this.#whenIdle = Promise.withResolvers();
    this.#unconfirmed.add(update.update_id);
    const chat = chatOf(update);
    const turn = (this.#chats.get(chat) ?? Promise.resolve())
      .then(() => this.#handle(update))
      .finally(() => {
        if (this.#chats.get(chat) === turn) this.#chats.delete(chat);
      });
    this.#chats.set(chat, turn);
  }

  /** Until it is handled, or let go; never rejects. Order of arrival is a promise, so the rest of the chat waits. */
  async #handle(update: Update): Promise<void> {
    const { handle, databaseAnswers, firstPauseMs, signal, log } = this.#dependencies;
    let confirmed = false;
    const confirm = () => {
      if (!confirmed) this.#confirm(update.update_id);
      confirmed = true;
    };
    let failures = 0;
    for (let round = 0; !confirmed && !signal.aborted; round += 1) {
      const handled = await handle(update, confirm).then(
        () => true,
        () => false,
      );
      if (handled) return confirm();
      if (confirmed) return;
      if (await databaseAnswers()) failures += 1;
      if (failures >= mostAttempts) {
        log.error({ update: update.update_id, failures }, 'update given up');
        return confirm();
      }
      const pause = firstPauseMs * Math.min(8, 2 ** round);
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  #confirm(updateId: number): void {
    this.#unconfirmed.delete(updateId);
    if (this.#unconfirmed.size === 0) this.#whenIdle.resolve();
  }
}

function chatOf({ message, callback_query, my_chat_member, update_id }: Update): number {
  return (
    message?.chat.id ??
    my_chat_member?.chat.id ??
    callback_query?.message?.chat.id ??
    callback_query?.from.id ??
    update_id
  );
}
