import { randomInt } from 'node:crypto';
import { callbackWaitMs } from '../limits.ts';
import { badRequest } from '../methods/bot-api-error.ts';

/** What the bot answered to a pressed button. */
export interface CallbackAnswer {
  readonly text?: string;
  readonly show_alert?: boolean;
  readonly url?: string;
}

interface Pending {
  readonly answer: (answer: CallbackAnswer | null) => void;
  answered: boolean;
}

/** Pressed buttons that wait for answerCallbackQuery. They do not outlive the process, as a client would not wait. */
export class CallbackQueries {
  readonly #pending = new Map<string, Pending>();

  /** A new query: its id, and what the bot will have answered; null when it does not within 15 s. */
  open(): { readonly id: string; readonly answered: Promise<CallbackAnswer | null> } {
    const id = `${randomInt(1, 2 ** 31)}${Date.now()}`;
    const answered = new Promise<CallbackAnswer | null>((resolve) => {
      const timer = setTimeout(() => this.#settle(id, null), callbackWaitMs);
      this.#pending.set(id, {
        answered: false,
        answer: (answer) => {
          clearTimeout(timer);
          resolve(answer);
        },
      });
    });
    return { id, answered };
  }

  /**
   * The bot's answer. A second one is taken and not shown, as by Telegram.
   * @throws BotApiError when the query is unknown or its time is over
   */
  answer(id: string, answer: CallbackAnswer): void {
    const pending = this.#pending.get(id);
    if (!pending) throw badRequest('query is too old and response timeout expired or query ID is invalid');
    if (pending.answered) return;
    pending.answered = true;
    pending.answer(answer);
    setTimeout(() => this.#pending.delete(id), callbackWaitMs).unref();
  }

  /** Lets everybody who waits go without an answer. */
  close(): void {
    for (const id of [...this.#pending.keys()]) this.#settle(id, null);
  }

  #settle(id: string, answer: CallbackAnswer | null): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.answer(answer);
  }
}
