import { closeSync, openSync, rmSync } from 'node:fs';
import { decibelsBelowFull, samplesPerStep } from './loudness-writer.ts';
import { writeFully } from './write-fully.ts';

/**
 * Measures the loudness of the two channels of a stereo track: two bytes per 20 ms, left and right, as LoudnessWriter
 * has one. The levels stay in memory until the end, 360 KB per hour.
 */
export class ChannelWriter {
  readonly #path: string;
  #levels = new Uint8Array(3_000);
  #length = 0;
  #left = 0;
  #right = 0;
  #samples = 0;
  #isStereo = false;

  /** Removes the file, because an earlier track may have been stereo. */
  constructor(path: string) {
    this.#path = path;
    rmSync(path, { force: true });
  }

  /** Adds samples of both channels, in turns. */
  add(samples: Int16Array): void {
    this.#isStereo = true;
    for (let at = 0; at + 1 < samples.length; at += 2) {
      const [left, right] = [samples[at] ?? 0, samples[at + 1] ?? 0];
      this.#left += left * left;
      this.#right += right * right;
      if (++this.#samples === samplesPerStep) this.#endStep();
    }
  }

  /** Adds samples without channels, or silence. */
  addSilence(count: number): void {
    for (let left = count; left > 0; ) {
      const taken = Math.min(left, samplesPerStep - this.#samples);
      this.#samples += taken;
      left -= taken;
      if (this.#samples === samplesPerStep) this.#endStep();
    }
  }

  /** Writes the file, if any of the track was stereo. */
  finish(): void {
    if (!this.#isStereo) return;
    if (this.#samples > 0) this.#endStep();
    const file = openSync(this.#path, 'w');
    try {
      writeFully(file, this.#levels.subarray(0, this.#length), null);
    } finally {
      closeSync(file);
    }
  }

  #endStep(): void {
    if (this.#length + 2 > this.#levels.length) {
      const larger = new Uint8Array(this.#levels.length * 2);
      larger.set(this.#levels);
      this.#levels = larger;
    }
    this.#levels[this.#length++] = decibelsBelowFull(this.#left / this.#samples);
    this.#levels[this.#length++] = decibelsBelowFull(this.#right / this.#samples);
    [this.#left, this.#right, this.#samples] = [0, 0, 0];
  }
}
