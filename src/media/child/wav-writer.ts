import { closeSync, openSync } from 'node:fs';
import { channelsFile } from '../protocol.ts';
import { bytesPerSample, maxWavData, sampleRate, wavHeader } from '../wav.ts';
import { ChannelWriter } from './channel-writer.ts';
import { LoudnessWriter } from './loudness-writer.ts';
import { StereoMixer } from './stereo-mixer.ts';
import { writeFully } from './write-fully.ts';

/** One write per second of audio. */
const bufferBytes = sampleRate * bytesPerSample;

/**
 * Writes 16 kHz mono 16-bit PCM to a WAV file and its loudness to a second file, without holding either in
 * memory. The loudness of the channels of a stereo track is a third file.
 */
export class WavWriter {
  readonly #file: number;
  readonly #loudness: LoudnessWriter;
  readonly #channels: ChannelWriter;
  readonly #mixer = new StereoMixer((data, count, frames) => {
    this.#append(data, count);
    this.#channels.add(frames);
  });
  readonly #buffer = Buffer.alloc(bufferBytes);
  readonly #samples = new Int16Array(this.#buffer.buffer, this.#buffer.byteOffset, sampleRate);
  #buffered = 0;
  #dataBytes = 0;

  /** Creates or overwrites both files. */
  constructor(path: string, loudnessPath: string) {
    this.#file = openSync(path, 'w');
    writeFully(this.#file, wavHeader(0), null);
    this.#loudness = new LoudnessWriter(loudnessPath);
    this.#channels = new ChannelWriter(channelsFile(loudnessPath));
  }

  /** Samples written so far. */
  get samples(): number {
    return this.#dataBytes / bytesPerSample + this.#mixer.bufferedFrames;
  }

  /** Adds the first `count` little-endian samples of `data`; returns false if the WAV format can hold no more. */
  write(data: Buffer, count: number): boolean {
    if (!this.#hasRoom(count)) return false;
    this.#mixer.flush();
    this.#append(data, count);
    this.#channels.addSilence(count);
    return true;
  }

  /** Adds the first `count` samples of each channel of stereo `data`, mixed; returns false as `write` does. */
  writeStereo(data: Buffer, count: number): boolean {
    if (!this.#hasRoom(count)) return false;
    this.#mixer.push(data, count);
    return true;
  }

  #hasRoom(count: number): boolean {
    return (this.samples + count) * bytesPerSample <= maxWavData;
  }

  #append(data: Buffer, count: number): void {
    const end = count * bytesPerSample;
    for (let start = 0; start < end; ) {
      const taken = data.copy(this.#buffer, this.#buffered, start, end);
      start += taken;
      this.#buffered += taken;
      if (this.#buffered === bufferBytes) this.#flush();
    }
    this.#dataBytes += end;
  }

  /** Writes the buffered samples and the header's sizes, and closes both files. */
  finish(): void {
    this.#mixer.flush();
    this.#flush();
    writeFully(this.#file, wavHeader(this.#dataBytes), 0);
    this.#channels.finish();
    this.abandon();
  }

  /** Closes both files as they are. */
  abandon(): void {
    closeSync(this.#file);
    this.#loudness.close();
  }

  #flush(): void {
    writeFully(this.#file, this.#buffer.subarray(0, this.#buffered), null);
    this.#loudness.write(this.#samples.subarray(0, this.#buffered / bytesPerSample));
    this.#buffered = 0;
  }
}
