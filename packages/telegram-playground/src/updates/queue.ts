import type { Update } from '@grammyjs/types';
import { queryLifetimeS, updateLifetimeS } from '../limits.ts';
import { conflict } from '../methods/bot-api-error.ts';
import type { Journal } from '../state/journal.ts';
import type { State } from '../state/state.ts';

/** The kinds of updates that people cause here. */
export type UpdateContent = Omit<Update, 'update_id'>;

interface LongPoll {
  readonly offset: number;
  readonly limit: number;
  readonly answer: (updates: readonly Update[]) => void;
  readonly refuse: (error: Error) => void;
}

/** Kinds that are not delivered unless named (getUpdates, allowed_updates). */
const neverByDefault: ReadonlySet<string> = new Set([
  'chat_member',
  'message_reaction',
  'message_reaction_count',
]);

/** Updates that wait for the bot, and the one long poll that may wait for them. */
export class UpdateQueue {
  readonly #state: State;
  readonly #journal: Journal;
  #longPoll: LongPoll | null = null;
  #onAdded: () => void = () => undefined;

  constructor(state: State, journal: Journal) {
    this.#state = state;
    this.#journal = journal;
  }

  /** `listener` is called after an update has been added while a webhook is set. */
  set onAdded(listener: () => void) {
    this.#onAdded = listener;
  }

  /** Queues an update, unless the bot does not want its kind. */
  add(chatId: number, content: UpdateContent): void {
    const [kind = ''] = Object.keys(content);
    const { allowedUpdates } = this.#state;
    const wanted = allowedUpdates.length === 0 ? !neverByDefault.has(kind) : allowedUpdates.includes(kind);
    if (!wanted) return;
    const update: Update = { update_id: this.#state.nextUpdateId, ...content };
    const lifetimeS = kind.endsWith('_query') ? queryLifetimeS : updateLifetimeS;
    const expires = Math.floor(Date.now() / 1000) + lifetimeS;
    this.#journal.record({ fact: 'update', pending: { update, expires, chatId } });
    if (this.#state.webhook) this.#onAdded();
    else this.#wake();
  }

  /**
   * Returns the updates for getUpdates. Confirms every update below the offset; a negative one counts from
   * the end.
   * @param timeoutS seconds to wait while there is nothing; a second waiting poll ends the first with 409
   */
  async poll(offset: number, limit: number, timeoutS: number): Promise<readonly Update[]> {
    const from = this.#resolve(offset);
    this.#journalConfirmed(from);
    const updates = this.#take(from, limit);
    if (updates.length > 0 || timeoutS === 0) return updates;

    this.refuseLongPoll(
      'terminated by other getUpdates request; make sure that only one bot instance is running',
    );
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#wake(), timeoutS * 1000);
      this.#longPoll = {
        offset: from,
        limit,
        answer: (found) => {
          clearTimeout(timer);
          resolve(found);
        },
        refuse: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
    });
  }

  /** Ends a waiting poll with 409 Conflict. */
  refuseLongPoll(reason: string): void {
    const waiting = this.#longPoll;
    this.#longPoll = null;
    waiting?.refuse(conflict(reason));
  }

  /** Returns the waiting updates, oldest first, without expired ones. */
  pending(): readonly { readonly update: Update; readonly chatId: number }[] {
    const now = Date.now() / 1000;
    const pending = [];
    for (const [updateId, entry] of this.#state.updates) {
      if (entry.expires < now) this.#journal.record({ fact: 'update-done', updateId });
      else pending.push(entry);
    }
    return pending;
  }

  /** Removes an update that a webhook has accepted. */
  done(updateId: number): void {
    if (this.#state.updates.has(updateId)) this.#journal.record({ fact: 'update-done', updateId });
  }

  /** Removes every waiting update. */
  drop(): void {
    this.#journalConfirmed(this.#state.nextUpdateId);
  }

  /** Answers a waiting poll with no updates. */
  close(): void {
    const waiting = this.#longPoll;
    this.#longPoll = null;
    waiting?.answer([]);
  }

  #wake(): void {
    const waiting = this.#longPoll;
    this.#longPoll = null;
    waiting?.answer(this.#take(waiting.offset, waiting.limit));
  }

  #resolve(offset: number): number {
    const next = this.#state.nextUpdateId;
    const [first = next] = this.#state.updates.keys();
    if (offset < 0) return Math.max(next + offset, first);
    // Telegram's queue treats an offset far in the future as a mistake and starts at its head.
    return offset === 0 || offset > next + 10 ? first : offset;
  }

  #take(from: number, limit: number): readonly Update[] {
    return this.pending()
      .filter(({ update }) => update.update_id >= from)
      .slice(0, limit)
      .map(({ update }) => update);
  }

  #journalConfirmed(before: number): void {
    const [first] = this.#state.updates.keys();
    if (first !== undefined && first < before) this.#journal.record({ fact: 'updates-confirmed', before });
  }
}
