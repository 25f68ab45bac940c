import type { Update } from 'grammy/types';
import type { Playground } from 'telegram-playground';
import type { Fork } from './fork.ts';

/**
 * Stands for Telegram and a load balancer before several bots behind a webhook: delivers every update at
 * once, each copy until it is handled.
 */
export class WebhookSender {
  /** Number of copies that have been handled. */
  handled = 0;
  readonly #getUpdates: string;
  readonly #route: (update: Update) => readonly Fork[];
  readonly #waiting = new Map<number, (handled: boolean) => void>();
  #number = 0;
  #ending = false;
  readonly #done: Promise<void>;

  /** @param route returns the bots that get a copy of this update; a bot may get several */
  constructor(
    { apiRoot, token }: Playground,
    bots: readonly Fork[],
    route: (update: Update) => readonly Fork[],
  ) {
    this.#getUpdates = `${apiRoot}/bot${token}/getUpdates`;
    this.#route = route;
    for (const bot of bots) bot.onMessage((message) => this.#receive(message));
    this.#done = this.#carry();
  }

  async stop(): Promise<void> {
    this.#ending = true;
    await this.#done;
  }

  async #carry(): Promise<void> {
    let offset = 0;
    while (!this.#ending) {
      const response = await fetch(`${this.#getUpdates}?offset=${offset}&timeout=1`);
      const { result } = (await response.json()) as { result: Update[] };
      for (const update of result) {
        offset = update.update_id + 1;
        for (const bot of this.#route(update)) void this.#send(update, bot);
      }
    }
  }

  async #send(update: Update, bot: Fork): Promise<void> {
    let handled = false;
    while (!handled && !this.#ending) {
      this.#number += 1;
      const number = this.#number;
      const answer = new Promise<boolean>((resolve) => this.#waiting.set(number, resolve));
      bot.send({ number, update });
      handled = await answer;
    }
    this.handled += 1;
  }

  #receive(message: { handled?: number; refused?: number }): void {
    const number = message.handled ?? message.refused ?? 0;
    this.#waiting.get(number)?.(message.handled !== undefined);
    this.#waiting.delete(number);
  }
}
