import { bytesPerSample, sampleRate } from '../wav.ts';

/** Frames that are judged together: half a second. */
const blockFrames = sampleRate / 2;
/** Below this share of a channel's power (-12 dB), the mix has lost what the channel has. */
const minPowerShare = 10 ** (-12 / 10);

/**
 * Mixes two channels to one. Where they cancel each other, as with a cable of reversed polarity, the louder channel is
 * taken instead: the mix would be silence.
 */
export class StereoMixer {
  readonly #onSamples: (data: Buffer, count: number, frames: Int16Array) => void;
  readonly #buffer = Buffer.alloc(blockFrames * 2 * bytesPerSample);
  readonly #frames = new Int16Array(this.#buffer.buffer, this.#buffer.byteOffset, blockFrames * 2);
  readonly #mixedBuffer = Buffer.alloc(blockFrames * bytesPerSample);
  readonly #mixed = new Int16Array(this.#mixedBuffer.buffer, this.#mixedBuffer.byteOffset, blockFrames);
  #bufferedBytes = 0;

  /**
   * @param onSamples gets little-endian mono samples, and both channels of the same frames in turns; valid only during the
   * call
   */
  constructor(onSamples: (data: Buffer, count: number, frames: Int16Array) => void) {
    this.#onSamples = onSamples;
  }

  /** Frames that are not emitted yet. */
  get bufferedFrames(): number {
    return this.#bufferedBytes / (2 * bytesPerSample);
  }

  /** Adds the first `count` frames of `data`: little-endian 16-bit samples, left and right in turns. */
  push(data: Buffer, count: number): void {
    const end = count * 2 * bytesPerSample;
    for (let start = 0; start < end; ) {
      const taken = data.copy(this.#buffer, this.#bufferedBytes, start, end);
      start += taken;
      this.#bufferedBytes += taken;
      if (this.#bufferedBytes === this.#buffer.length) this.flush();
    }
  }

  /** Emits what is buffered. */
  flush(): void {
    const count = this.#bufferedBytes / (2 * bytesPerSample);
    this.#bufferedBytes = 0;
    if (count === 0) return;
    let [leftPower, rightPower, mixPower] = [0, 0, 0];
    for (let frame = 0; frame < count; frame++) {
      const left = this.#frames[2 * frame] ?? 0;
      const right = this.#frames[2 * frame + 1] ?? 0;
      const mix = (left + right) / 2;
      leftPower += left * left;
      rightPower += right * right;
      mixPower += mix * mix;
      this.#mixed[frame] = Math.round(mix);
    }
    if (mixPower < minPowerShare * Math.max(leftPower, rightPower)) {
      const channel = leftPower >= rightPower ? 0 : 1;
      for (let frame = 0; frame < count; frame++) this.#mixed[frame] = this.#frames[2 * frame + channel] ?? 0;
    }
    this.#onSamples(this.#mixedBuffer, count, this.#frames.subarray(0, 2 * count));
  }
}
