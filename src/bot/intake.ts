/**
 * Maximum time without a response from Telegram, in ms: two long polls of 30 s, or three checks of
 * the webhook's address.
 */
const maxSilenceMs = 60_000;

/**
 * Maximum time for handling one update, in ms. A handler makes a few calls of 20 s at most each;
 * one that takes longer hangs, and blocks its chat.
 */
const maxUpdateMs = 180_000;

/** Tracks whether updates arrive and are handled, for the readiness of a process. */
export class UpdateIntake {
  #lastResponseAt = performance.now();
  readonly #underWay = new Set<{ readonly begunAt: number }>();

  /** Records a valid response from Telegram. */
  recordResponse(): void {
    this.#lastResponseAt = performance.now();
  }

  /** Returns the handler, with the duration of each call tracked. */
  watched<Parameters extends unknown[]>(
    handle: (...parameters: Parameters) => Promise<void>,
  ): (...parameters: Parameters) => Promise<void> {
    return async (...parameters) => {
      const update = { begunAt: performance.now() };
      this.#underWay.add(update);
      try {
        await handle(...parameters);
      } finally {
        this.#underWay.delete(update);
      }
    };
  }

  /** Throws an Error that says why this process cannot work; returns when it can. */
  check(): void {
    const silenceMs = performance.now() - this.#lastResponseAt;
    if (silenceMs > maxSilenceMs) throw new Error(`no updates for ${inSeconds(silenceMs)}`);
    // A Set keeps the order of insertion.
    const [oldest] = this.#underWay;
    const oldestMs = oldest === undefined ? 0 : performance.now() - oldest.begunAt;
    if (oldestMs > maxUpdateMs) throw new Error(`an update has been under way for ${inSeconds(oldestMs)}`);
  }
}

/**
 * Asks Telegram for the webhook's address, and records a response when it is this bot's own.
 * Rejects when Telegram does not answer.
 * @param ours the address that this process set
 */
export async function checkWebhook(
  address: { show(): Promise<{ readonly url: string | null }> },
  ours: string,
  intake: Pick<UpdateIntake, 'recordResponse'>,
): Promise<void> {
  const { url } = await address.show();
  if (url === ours) intake.recordResponse();
}

function inSeconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}
