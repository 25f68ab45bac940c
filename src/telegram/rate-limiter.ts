import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatTurns } from '../app/ports/chat-turns.ts';
import { waitAtMost } from '../lib/wait-at-most.ts';

/** A rate that allows bursts: first `burst` calls without a wait, then one every `everyMs`. */
type Rate = { readonly burst: number; readonly everyMs: number };

/**
 * Rates per chat and per group. Telegram names about one message a second in a chat with short bursts, twenty a minute
 * in a group, thirty a second in all (core.telegram.org/bots/faq), and not how long a burst may be: the bursts are our
 * own guess, and a group gets up to 33 messages in the first minute after a quiet time. A 429 shows that the guess was
 * too high. Edits have limits of their own, equally high.
 */
const rates = {
  chat: { burst: 27, everyMs: 1_050 },
  group: { burst: 15, everyMs: 3_200 },
} as const;
const allEveryMs = 1_000 / 27;

/** Minimum number of processes assumed: a bot and a worker. A new process does not know the others yet. */
const minProcesses = 2;

/** Minimum rate of each process, in calls per second, however many processes there are. */
const minCallsPerSecond = 3;

/** Share of each burst that optional calls may use; the rest is for calls that must arrive. */
const optionalShare = 0.3;

/** Number of known chats above which those that have been quiet are dropped. */
const maxChats = 5_000;

/** Refusals in this many chats within this many ms apply to the whole bot. */
const widely = { chats: 3, withinMs: 3_000 };

/** Maximum time to wait for the database to grant a turn, in ms: messages must not wait for a database. */
const askMs = 2_000;

/** Time without requests for turns after one that failed, in ms. */
const pauseAfterFailureMs = 5_000;

/** A call that shows something: its method, its chat, and how many messages it sends (the files of an album). */
export type Showing = {
  readonly method: string;
  readonly chatId: number | null;
  readonly messages: number;
};

/**
 * Keeps the calls of one process within these rates, and pauses after every 429: per chat, per
 * group and in all. In a chat, all processes of the bot take turns (`takeTurn`). Of the total rate,
 * each process takes its share (`share`). All times are in ms.
 */
export class RateLimiter {
  /** Time at which the next call would be due if there were no bursts. */
  readonly #dueInChat = new Map<string, number>();
  #dueInAll = 0;
  /** Time until which a chat must not be called, by chat id. */
  readonly #paused = new Map<number, number>();
  #allPausedUntil = 0;
  #refusals: readonly { readonly chatId: number; readonly at: number }[] = [];
  #processes = minProcesses;
  readonly #isLimited: boolean;
  readonly #now: () => number;
  readonly #turns: Pick<ChatTurns, 'take'> | null;
  /** Time until which no turn is requested. */
  #pausedUntil = 0;

  /**
   * @param isLimited false where Telegram's limits do not apply; a 429 pauses calls all the same
   * @param turns grants turns among all processes of the bot; null when there is only one
   */
  constructor({
    isLimited,
    now = Date.now,
    turns = null,
  }: {
    readonly isLimited: boolean;
    readonly now?: () => number;
    readonly turns?: Pick<ChatTurns, 'take'> | null;
  }) {
    this.#isLimited = isLimited;
    this.#now = now;
    this.#turns = turns;
  }

  /** Sets the number of processes that call Telegram for the same bot. */
  share(processes: number): void {
    this.#processes = Math.max(minProcesses, processes);
  }

  /** Returns how long a call would have to wait now, in ms, as far as this process knows. */
  waitMs({ method, chatId }: Showing): number {
    return Math.max(0, this.#waitInChat(method, chatId, 1), this.#waitInAll(1));
  }

  /**
   * Takes the next turn in a chat among all processes of the bot, and returns the wait in ms. A wait above `maxWaitMs`
   * takes no turn. While the database does not answer, the wait is 0 and only the limits of this process apply.
   */
  async takeTurn({ method, chatId, messages }: Showing, maxWaitMs: number): Promise<number> {
    if (!this.#isLimited || chatId === null || this.#turns === null || this.#now() < this.#pausedUntil)
      return 0;
    const { burst, everyMs } = rateIn(chatId);
    const turn = this.#turns.take({ chatId, kind: kindOf(method), messages, burst, everyMs, maxWaitMs });
    const wait = await waitAtMost(askMs, turn);
    if (wait === undefined) this.#pausedUntil = this.#now() + pauseAfterFailureMs;
    return wait ?? 0;
  }

  /** Takes the next turn of this process in a chat, and returns the wait in ms. */
  reserve({ method, chatId, messages }: Showing): number {
    const wait = Math.max(0, this.#waitInChat(method, chatId, 1));
    if (!this.#isLimited || chatId === null) return wait;
    const key = chatKey(method, chatId);
    const due = Math.max(this.#dueInChat.get(key) ?? 0, this.#now() + wait);
    this.#dueInChat.set(key, due + messages * rateIn(chatId).everyMs);
    if (this.#dueInChat.size > maxChats) this.#forget();
    return wait;
  }

  /**
   * Takes the next turn among all chats, and returns the wait in ms. Called when the turn in the
   * own chat has come, so that a slow chat delays no other.
   */
  reserveForAll(): number {
    const wait = Math.max(0, this.#waitInAll(1));
    this.#dueInAll = Math.max(this.#dueInAll, this.#now() + wait) + this.#rateInAll().everyMs;
    return wait;
  }

  /** Returns how long an optional call has to wait, in ms, until it delays no other. */
  optionalWaitMs(method: string, chatId: number): number {
    return Math.max(0, this.#waitInChat(method, chatId, optionalShare), this.#waitInAll(optionalShare));
  }

  /** Resolves when an optional call delays no other; rejects with the signal's reason. */
  async waitForRoom(method: string, chatId: number, signal: AbortSignal): Promise<void> {
    for (
      let wait = this.optionalWaitMs(method, chatId);
      wait > 0;
      wait = this.optionalWaitMs(method, chatId)
    ) {
      await sleep(wait, undefined, { signal });
    }
  }

  /** Returns the rest of the pause that a 429 asked for in a chat, or for the whole bot, in ms. */
  pauseLeftMs(chatId: number | null): number {
    const inChat = chatId === null ? 0 : (this.#paused.get(chatId) ?? 0);
    return Math.max(0, Math.max(inChat, this.#allPausedUntil) - this.#now());
  }

  /**
   * Records that Telegram refused a call as too fast (429). Waiting calls are then sent one by one, because other
   * processes use the same chat, and the burst that this process still assumed is used up.
   */
  refused({ method, chatId }: Pick<Showing, 'method' | 'chatId'>, retryAfterSeconds: number): void {
    const now = this.#now();
    const until = now + retryAfterSeconds * 1_000;
    if (chatId !== null) {
      const key = chatKey(method, chatId);
      const { burst, everyMs } = rateIn(chatId);
      this.#dueInChat.set(key, Math.max(this.#dueInChat.get(key) ?? 0, until + (burst - 1) * everyMs));
      this.#paused.set(chatId, Math.max(this.#paused.get(chatId) ?? 0, until));
      if (this.#paused.size > maxChats) this.#forget();
      this.#refusals = [
        ...this.#refusals.filter(({ at }) => at > now - widely.withinMs),
        { chatId, at: now },
      ];
    }
    const chats = new Set(this.#refusals.map((refusal) => refusal.chatId));
    if (chatId === null || chats.size >= widely.chats) {
      this.#allPausedUntil = Math.max(this.#allPausedUntil, until);
      const { burst, everyMs } = this.#rateInAll();
      this.#dueInAll = Math.max(this.#dueInAll, until + (burst - 1) * everyMs);
    }
  }

  #waitInChat(method: string, chatId: number | null, share: number): number {
    if (chatId === null) return 0;
    const pause = (this.#paused.get(chatId) ?? 0) - this.#now();
    if (!this.#isLimited) return pause;
    return Math.max(pause, this.#late(this.#dueInChat.get(chatKey(method, chatId)), rateIn(chatId), share));
  }

  #waitInAll(share: number): number {
    const pause = this.#allPausedUntil - this.#now();
    return this.#isLimited ? Math.max(pause, this.#late(this.#dueInAll, this.#rateInAll(), share)) : pause;
  }

  #late(due: number | undefined, { burst, everyMs }: Rate, share: number): number {
    const allowed = Math.max(1, Math.floor(burst * share));
    return Math.ceil((due ?? 0) - (allowed - 1) * everyMs - this.#now());
  }

  #rateInAll(): Rate {
    const everyMs = Math.min(allEveryMs * this.#processes, 1_000 / minCallsPerSecond);
    return { burst: Math.ceil(1_000 / everyMs), everyMs };
  }

  #forget(): void {
    const now = this.#now();
    for (const [key, due] of this.#dueInChat) if (due < now) this.#dueInChat.delete(key);
    for (const [chatId, until] of this.#paused) if (until < now) this.#paused.delete(chatId);
  }
}

function rateIn(chatId: number): Rate {
  return chatId < 0 ? rates.group : rates.chat;
}

function chatKey(method: string, chatId: number): string {
  return `${kindOf(method)}:${chatId}`;
}

function kindOf(method: string): 'send' | 'edit' {
  return method.startsWith('edit') ? 'edit' : 'send';
}
