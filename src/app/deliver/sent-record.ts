/**
 * Maximum number of messages that are remembered, the newest ones. A process sends about 30 per second at most
 * (Telegram's limit for a bot), so this covers several minutes; an entry takes about 200 bytes.
 */
const maxRemembered = 10_000;

/**
 * Record of the messages that this process sent. When the database goes away between a message and its record there, only this
 * record shows that the message was sent. It lasts as long as the process.
 */
export class SentRecord {
  readonly #messages = new Map<string, readonly number[]>();
  readonly #unrecorded = new Set<string>();
  #allRecorded = Promise.withResolvers<void>();

  constructor() {
    this.#allRecorded.resolve();
  }

  /** Returns the ids of the messages sent under this name; undefined when there are none. */
  find(name: string): readonly number[] | undefined {
    return this.#messages.get(name);
  }

  /** Records sent messages under a name, before the database has them. */
  add(name: string, messageIds: readonly number[]): void {
    this.#messages.delete(name);
    this.#messages.set(name, messageIds);
    for (const oldest of this.#messages.keys()) {
      if (this.#messages.size <= maxRemembered) return;
      if (!this.#unrecorded.has(oldest)) this.#messages.delete(oldest);
    }
  }

  /** Deletes a name that may be used for another message. */
  forget(name: string): void {
    this.#messages.delete(name);
  }

  /** Notes that the record of this message in the database is still to come. */
  addUnrecorded(name: string): void {
    if (this.#unrecorded.size === 0) this.#allRecorded = Promise.withResolvers();
    this.#unrecorded.add(name);
  }

  /** Notes that the database has it. */
  removeUnrecorded(name: string): void {
    this.#unrecorded.delete(name);
    if (this.#unrecorded.size === 0) this.#allRecorded.resolve();
  }

  /**
   * Resolves when the database has all of them, or when the signal aborts. No new message is begun before that, so
   * that a process that dies while the database is away causes duplicates only of the messages without a record.
   */
  async waitUntilAllRecorded(signal: AbortSignal): Promise<void> {
    while (this.#unrecorded.size > 0 && !signal.aborted) {
      const aborted = Promise.withResolvers<void>();
      const abort = () => aborted.resolve();
      signal.addEventListener('abort', abort, { once: true });
      await Promise.race([this.#allRecorded.promise, aborted.promise]);
      signal.removeEventListener('abort', abort);
    }
  }
}
