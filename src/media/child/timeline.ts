/** A smaller hole may come from rounding; whoever reads along does not notice it. Seconds. */
const smallestGap = 0.2;
/** A longer one is believed only where the file's own duration has room for it. Seconds. */
const longestUnprovenGap = 10;

/**
 * Keeps later times right where audio is missing: in a video whose sound starts late, in a recording that was paused,
 * behind a damaged place. All positions are seconds from the start of the file, as a player counts them.
 */
export class Timeline {
  readonly #room: number;
  #origin: number | null;
  #position = 0;
  #silence = 0;
  #lead: number | null = null;

  /**
   * @param origin what the file's clock shows at its start, in seconds; null where the file does not say
   * @param room a long gap is believed when the audio after it still begins before this, in seconds
   */
  constructor(origin: number | null, room: number) {
    this.#origin = origin;
    this.#room = room;
  }

  /** Where the audio written so far ends. */
  get position(): number {
    return this.#position;
  }

  /** Silence before the first sound, in seconds. */
  get lead(): number {
    return this.#lead ?? 0;
  }

  /** Silence put in later. */
  get holes(): number {
    return this.#silence - this.lead;
  }

  /**
   * Takes note of the next frame; returns how many seconds of silence belong before it.
   * @param time what the file's clock shows at its first sample; null where the file does not say
   */
  advance(time: number | null, seconds: number): number {
    const gap = this.#gapBefore(time);
    this.#silence += gap;
    this.#lead ??= gap;
    this.#position += gap + seconds;
    return gap;
  }

  #gapBefore(time: number | null): number {
    if (time === null) return 0;
    this.#origin ??= time;
    const at = time - this.#origin;
    const gap = at - this.#position;
    if (Math.abs(gap) > longestUnprovenGap && !(gap > 0 && at <= this.#room)) {
      // The clock jumped, as where two recordings were put together: it counts on from here.
      this.#origin += gap;
      return 0;
    }
    return gap > smallestGap ? gap : 0;
  }
}
