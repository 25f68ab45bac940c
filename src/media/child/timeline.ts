/** Smaller gaps may come from rounding and are not noticeable. In seconds. */
const minGapSeconds = 0.2;
/** Longer gaps are accepted only if the file's own duration has room for them. In seconds. */
const maxUnprovenGapSeconds = 10;

/**
 * Keeps timestamps right where audio is missing: in a video whose sound starts late, after a pause of the
 * recorder, or behind a damaged place. Positions are seconds from the start of the file, as players count them.
 */
export class Timeline {
  readonly #room: number;
  #origin: number | null;
  #position = 0;
  #silence = 0;
  #lead: number | null = null;

  /**
   * @param origin timestamp of the file's start, in seconds; null if the file has none
   * @param room a long gap is accepted if the audio after it starts at or before this position, in seconds
   */
  constructor(origin: number | null, room: number) {
    this.#origin = origin;
    this.#room = room;
  }

  /** End of the audio so far, in seconds. */
  get position(): number {
    return this.#position;
  }

  /** Silence before the first sound, in seconds. */
  get lead(): number {
    return this.#lead ?? 0;
  }

  /** Silence inserted later, in seconds. */
  get holes(): number {
    return this.#silence - this.lead;
  }

  /**
   * Adds the next frame; returns the silence to insert before it, in seconds.
   * @param time timestamp of its first sample, in seconds; null if the file has none
   * @param seconds its duration
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
    if (Math.abs(gap) > maxUnprovenGapSeconds && !(gap > 0 && at <= this.#room)) {
      // The timestamps jumped, as in a file made of two others: continue from the current position.
      this.#origin += gap;
      return 0;
    }
    return gap > minGapSeconds ? gap : 0;
  }
}
