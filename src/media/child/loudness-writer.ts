import { closeSync, openSync } from 'node:fs';
import { sampleRate } from '../wav.ts';
import { writeFully } from './write-fully.ts';

/** Samples per step of 20 ms, short enough to find the pauses between words. */
export const samplesPerStep = sampleRate / 50;
const fullScale = 32_768;
/** Level of silence, in dB below full scale. */
const silence = 100;

/**
 * Writes the loudness: one byte per 20 ms, the RMS level in dB below full scale, from 0 (full) to 100 (silence).
 */
export class LoudnessWriter {
  readonly #file: number;

  /** Creates or overwrites the file. */
  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  /** Adds samples; every call but the last needs a multiple of 20 ms. */
  write(samples: Int16Array): void {
    const levels = new Uint8Array(Math.ceil(samples.length / samplesPerStep));
    for (let step = 0; step < levels.length; step++) {
      const start = step * samplesPerStep;
      const end = Math.min(start + samplesPerStep, samples.length);
      let energy = 0;
      for (let index = start; index < end; index++) {
        const sample = samples[index] ?? 0;
        energy += sample * sample;
      }
      levels[step] = decibelsBelowFull(energy / (end - start));
    }
    writeFully(this.#file, levels, null);
  }

  /** Closes the file. */
  close(): void {
    closeSync(this.#file);
  }
}

/** Returns a power of 16-bit samples in dB below full scale, 0 to 100. */
export function decibelsBelowFull(power: number): number {
  if (power === 0) return silence;
  return Math.min(silence, Math.max(0, Math.round(-10 * Math.log10(power / fullScale ** 2))));
}
