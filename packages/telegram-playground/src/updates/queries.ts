import { randomInt } from 'node:crypto';
import { queryWaitMs } from '../limits.ts';
import { badRequest } from '../methods/bot-api-error.ts';

interface Pending<Answer> {
  readonly chatId: number;
  readonly answer: (answer: Answer | null) => void;
  answered: boolean;
}

/**
 * Pressed buttons and inline queries that wait for the bot. They do not outlive the process, as a client
 * would not wait.
 */
export class Queries<Answer> {
  readonly #pending = new Map<string, Pending<Answer>>();

  /**
   * Opens a query of a chat; returns its id and a promise of the bot's answer, which is null after 15 s without one.
   */
  open(chatId: number): { readonly id: string; readonly answered: Promise<Answer | null> } {
    const id = `${randomInt(1, 2 ** 31)}${Date.now()}`;
    const answered = new Promise<Answer | null>((resolve) => {
      const timer = setTimeout(() => this.#settle(id, null), queryWaitMs);
      this.#pending.set(id, {
        chatId,
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
   * Takes the bot's answer. A second one is accepted and not shown, as by Telegram.
   * @throws BotApiError when the query is unknown or its time is over
   */
  answer(id: string, answer: Answer): void {
    const pending = this.#pending.get(id);
    if (!pending) throw badRequest('query is too old and response timeout expired or query ID is invalid');
    if (pending.answered) return;
    pending.answered = true;
    pending.answer(answer);
    setTimeout(() => this.#pending.delete(id), queryWaitMs).unref();
  }

  /** Returns the chat of a query, or undefined when it is unknown or its time is over. */
  chatOf(id: string): number | undefined {
    return this.#pending.get(id)?.chatId;
  }

  /** Ends all waits without an answer. */
  close(): void {
    for (const id of [...this.#pending.keys()]) this.#settle(id, null);
  }

  #settle(id: string, answer: Answer | null): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.answer(answer);
  }
}
