import { floodRules } from '../limits.ts';
import { BotApiError } from '../methods/bot-api-error.ts';

/** Settings of the rate limits. */
export interface FloodOptions {
  /**
   * Percentage of calls that are refused at random although the bot was not too fast, as Telegram does at
   * times.
   */
  readonly randomPercent?: number;
  /** Seed of the random refusals. */
  readonly seed?: number;
}

/** Statistics of a bot's calls. */
export interface FloodReport {
  /** Accepted calls: sends, edits and the rest. */
  readonly calls: number;
  /** Calls that were refused because the bot was too fast. */
  readonly tooFast: number;
  /** Calls that were refused at random. */
  readonly byChance: number;
  /** Maximum number of calls in any one second. */
  readonly maxPerSecond: number;
  /** Edits of each message, by `chat:message`. */
  readonly edits: Readonly<Record<string, number>>;
}

const sends = /^(send(?!ChatAction|MessageDraft)|copyMessage|forwardMessage)/;
const edits = /^editMessage/;
/** Methods without a limit. */
const free = /^(get|setMyCommands|deleteMyCommands|answer|setWebhook|deleteWebhook|logOut|close)/;

/** Counts a bot's calls, and refuses those that come too fast. Rules: `floodRules`. */
export class Flood {
  readonly #options: FloodOptions;
  /** When the next call would be on time, Unix time in ms, by bucket. */
  readonly #due = new Map<string, number>();
  readonly #edits = new Map<string, number>();
  #recent: number[] = [];
  #random: number;
  #counts = { calls: 0, tooFast: 0, byChance: 0, maxPerSecond: 0 };

  constructor(options: FloodOptions) {
    this.#options = options;
    this.#random = options.seed ?? 1;
  }

  /**
   * Accepts a call.
   * @throws BotApiError the 429 of Telegram
   */
  pass(method: string, parameters: Readonly<Record<string, unknown>>, now = Date.now()): void {
    if (free.test(method)) return;
    if (this.#chance() * 100 < (this.#options.randomPercent ?? 0)) {
      this.#counts.byChance += 1;
      throw tooManyRequests(1 + Math.floor(this.#chance() * 2));
    }
    const buckets = bucketsOf(method, parameters);
    const waits = buckets.map(({ key, rule }) => (this.#due.get(key) ?? 0) - rule.burst * rule.everyMs - now);
    const wait = Math.max(...waits);
    if (wait > 0) {
      this.#counts.tooFast += 1;
      throw tooManyRequests(Math.ceil(wait / 1000));
    }
    for (const { key, rule, count } of buckets) {
      this.#due.set(key, Math.max(this.#due.get(key) ?? 0, now) + count * rule.everyMs);
    }
    this.#count(method, parameters, now);
  }

  report(): FloodReport {
    return { ...this.#counts, edits: Object.fromEntries(this.#edits) };
  }

  #count(method: string, parameters: Readonly<Record<string, unknown>>, now: number): void {
    this.#counts.calls += 1;
    this.#recent = [...this.#recent.filter((at) => at > now - 1_000), now];
    this.#counts.maxPerSecond = Math.max(this.#counts.maxPerSecond, this.#recent.length);
    if (!edits.test(method)) return;
    const key = `${parameters['chat_id']}:${parameters['message_id']}`;
    this.#edits.set(key, (this.#edits.get(key) ?? 0) + 1);
  }

  /**
   * Returns a number from 0 to 1, the same for the same seed (a linear congruential generator with the
   * constants of Numerical Recipes).
   */
  #chance(): number {
    this.#random = (Math.imul(this.#random, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#random / 2 ** 32;
  }
}

function bucketsOf(method: string, parameters: Readonly<Record<string, unknown>>) {
  const all = { key: 'all', rule: floodRules.all, count: 1 };
  const chatId = Number(parameters['chat_id']);
  const kind = sends.test(method) ? 'send' : edits.test(method) ? 'edit' : null;
  if (kind === null || Number.isNaN(chatId)) return [all];
  const { media } = parameters;
  // Each file of an album is a message.
  const count = Array.isArray(media) ? media.length : 1;
  return [all, { key: `${kind}:${chatId}`, rule: chatId < 0 ? floodRules.group : floodRules.chat, count }];
}

function tooManyRequests(retryAfter: number): BotApiError {
  return new BotApiError(429, `Too Many Requests: retry after ${retryAfter}`, { retry_after: retryAfter });
}
