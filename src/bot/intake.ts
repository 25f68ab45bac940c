/**
 * For so long nothing may have been heard of Telegram, in milliseconds: two long polls of 30 s, or three looks at where
 * the webhook leads.
 */
const maxSilenceMs = 60_000;

/**
 * So long the handling of one update may take, in milliseconds: a handler makes a few calls of 20 s at most each. One
 * that takes longer hangs, and with it its chat.
 */
const maxUpdateMs = 180_000;

/** Whether updates come in and are handled, for a process's readiness. */
export class Intake {
  #heardAt = performance.now();
  readonly #underWay = new Set<{ readonly begunAt: number }>();

  /** Telegram has answered as it should. */
  heard(): void {
    this.#heardAt = performance.now();
  }

  /** Returns the handler of an update, watched from its beginning to its end. */
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

  /** Throws an Error in a few words while this process cannot do its work. */
  check(): void {
    const silenceMs = performance.now() - this.#heardAt;
    if (silenceMs > maxSilenceMs) throw new Error(`no updates for ${inSeconds(silenceMs)}`);
    // In the order in which they began.
    const [oldest] = this.#underWay;
    const oldestMs = oldest === undefined ? 0 : performance.now() - oldest.begunAt;
    if (oldestMs > maxUpdateMs) throw new Error(`an update has been under way for ${inSeconds(oldestMs)}`);
  }
}

/**
 * Asks Telegram where it delivers updates, and tells the intake when that is ours. Rejects when Telegram does not answer.
 * @param ours the address that was set
 */
export async function lookAtWebhook(
  address: { show(): Promise<{ readonly url: string | null }> },
  ours: string,
  intake: Pick<Intake, 'heard'>,
): Promise<void> {
  const { url } = await address.show();
  if (url === ours) intake.heard();
}

function inSeconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}
