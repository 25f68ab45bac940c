/**
 * So many messages are remembered, the newest. A process sends some 30 a second at most (Telegram's limit for a bot), so
 * that is several minutes; an entry takes some 200 bytes.
 */
const mostRemembered = 10_000;

/**
 * What this process has sent. A database that goes away between a message and its mark cannot tell that it was sent;
 * this can, for as long as the process lives.
 */
export class SentRecord {
  readonly #messages = new Map<string, readonly number[]>();
  readonly #waiting = new Set<string>();
  #allMarked = Promise.withResolvers<void>();

  constructor() {
    this.#allMarked.resolve();
  }

  /** Returns the ids of the messages that were sent under this name, undefined when none were. */
  find(name: string): readonly number[] | undefined {
    return this.#messages.get(name);
  }

  /** Remembers that these messages were sent, before anybody else is told. */
  add(name: string, messageIds: readonly number[]): void {
    this.#messages.delete(name);
    this.#messages.set(name, messageIds);
    for (const oldest of this.#messages.keys()) {
      if (this.#messages.size <= mostRemembered) return;
      if (!this.#waiting.has(oldest)) this.#messages.delete(oldest);
    }
  }

  /** Forgets a name that may be used for another message. */
  forget(name: string): void {
    this.#messages.delete(name);
  }

  /** The mark of this message waits for the database. */
  wait(name: string): void {
    if (this.#waiting.size === 0) this.#allMarked = Promise.withResolvers();
    this.#waiting.add(name);
  }

  /** It waits no more. */
  endWait(name: string): void {
    this.#waiting.delete(name);
    if (this.#waiting.size === 0) this.#allMarked.resolve();
  }

  /**
   * Resolves when no mark waits for the database, or when the signal aborts. No new message is begun before: a process
   * that dies while the database is away doubles what it has sent without a mark, and nothing else.
   */
  async whenAllMarked(signal: AbortSignal): Promise<void> {
    while (this.#waiting.size > 0 && !signal.aborted) {
      const aborted = Promise.withResolvers<void>();
      const abort = () => aborted.resolve();
      signal.addEventListener('abort', abort, { once: true });
      await Promise.race([this.#allMarked.promise, aborted.promise]);
      signal.removeEventListener('abort', abort);
    }
  }
}
