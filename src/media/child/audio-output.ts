import { DabirError } from '../../domain/errors.ts';
import type { DecodeJob } from '../protocol.ts';
import { sampleRate } from '../wav.ts';
import type { DeclaredDuration } from './declared-duration.ts';
import { Timeline } from './timeline.ts';
import { WavWriter } from './wav-writer.ts';

/** Encoders pad the end of a file by less than this, in seconds; a file of exactly the limit is accepted. */
const graceSeconds = 1;
const silence = Buffer.alloc(sampleRate * 2);

/** Writes the output of one file: its samples, with silence for gaps in its timestamps. */
export class AudioOutput {
  readonly timeline: Timeline;
  readonly #job: DecodeJob;
  readonly #maxSamples: number;
  readonly #writer: WavWriter;

  /**
   * Creates both output files.
   * @param origin timestamp of the file's start, in seconds; null if the file has none
   * @throws DabirError `media_too_long` if the declared duration exceeds the limit
   */
  constructor(job: DecodeJob, declared: DeclaredDuration, origin: number | null) {
    const maxSeconds = job.maxDurationSeconds + graceSeconds;
    if ((declared.track || declared.whole) > maxSeconds) throw tooLong(job);
    this.#job = job;
    this.#maxSamples = maxSeconds * sampleRate;
    this.timeline = new Timeline(origin, Math.min(declared.whole, maxSeconds));
    this.#writer = new WavWriter(job.outputPath, job.loudnessPath);
  }

  /** Samples written so far. */
  get samples(): number {
    return this.#writer.samples;
  }

  /**
   * Writes the first `count` little-endian samples of `data`.
   * @throws DabirError `media_too_long`
   */
  write(data: Buffer, count: number): void {
    if (this.samples + count > this.#maxSamples || !this.#writer.write(data, count)) throw tooLong(this.#job);
  }

  /**
   * Writes the first `count` little-endian samples of each channel of stereo `data`, mixed.
   * @throws DabirError `media_too_long`
   */
  writeStereo(data: Buffer, count: number): void {
    if (this.samples + count > this.#maxSamples || !this.#writer.writeStereo(data, count))
      throw tooLong(this.#job);
  }

  /**
   * Writes silence.
   * @throws DabirError `media_too_long`
   */
  writeSilence(seconds: number): void {
    for (let left = Math.round(seconds * sampleRate); left > 0; left -= sampleRate) {
      this.write(silence, Math.min(left, sampleRate));
    }
  }

  /** Completes and closes both files. */
  finish(): void {
    this.#writer.finish();
  }

  /** Closes both files as they are. */
  abandon(): void {
    this.#writer.abandon();
  }
}

function tooLong(job: DecodeJob): DabirError {
  const limitMinutes = Math.round(job.maxDurationSeconds / 6) / 10;
  return new DabirError('media_too_long', `longer than ${job.maxDurationSeconds} s`, {
    details: { limitMinutes },
  });
}
