import { AV_NOPTS_VALUE } from 'node-av/constants';
import type { Frame } from 'node-av/lib';
import type { OpenMedia } from './open-media.ts';

/** A smaller hole may come from rounding; whoever reads along does not notice it. Seconds. */
const smallestGap = 0.2;
/** A longer one is believed only where the file's own duration has room for it. Seconds. */
const longestUnprovenGap = 10;

/**
 * Keeps later times right where audio is missing: in a video whose sound starts late, in a recording that was paused,
 * behind a damaged place. All positions are seconds from the start of the file, as a player counts them.
 */
export class Timeline {
  readonly #timeBaseSeconds: number;
  readonly #room: number;
  #origin: number | null;
  #position = 0;
  #silence = 0;
  #lead: number | null = null;

  /** @param room a long gap is believed when the audio after it still begins before this, in seconds */
  constructor({ format, stream }: OpenMedia, room: number) {
    this.#timeBaseSeconds = stream.timeBase.num / stream.timeBase.den;
    this.#origin = format.startTime === AV_NOPTS_VALUE ? null : Number(format.startTime) / 1_000_000;
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

  /** Takes note of the next frame; how many seconds of silence belong before it. */
  advance(frame: Frame): number {
    const gap = this.#gapBefore(frame.bestEffortTimestamp);
    this.#silence += gap;
    this.#lead ??= gap;
    this.#position += gap + frame.nbSamples / frame.sampleRate;
    return gap;
  }

  #gapBefore(timestamp: bigint): number {
    if (timestamp === AV_NOPTS_VALUE) return 0;
    const time = Number(timestamp) * this.#timeBaseSeconds;
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
