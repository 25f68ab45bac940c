import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DecodeOutput } from '../../src/media/decoder-processes.ts';
import { seeded } from '../chaos/random.ts';

/** Returns the path of a committed file in `tests/fixtures/media`. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/media/${name}`, import.meta.url));
}

/** Returns the paths of both files that decoding writes, side by side. */
export function outputAt(wavPath: string): DecodeOutput {
  return { wavPath, loudnessPath: `${wavPath}.loudness` };
}

type WavOptions = { readonly rate: number; readonly channels: number; readonly coding: 'pcm16' | 'mu-law' };

/** Returns a WAV file of a sine tone, the same in all channels. */
export function toneWav(frequency: number, seconds: number, { rate, channels, coding }: WavOptions): Buffer {
  const bytesPerSample = coding === 'pcm16' ? 2 : 1;
  const count = Math.round(seconds * rate);
  const data = Buffer.alloc(count * channels * bytesPerSample);
  for (let index = 0; index < count * channels; index++) {
    const sample = Math.round(
      12_000 * Math.sin((2 * Math.PI * frequency * Math.floor(index / channels)) / rate),
    );
    if (coding === 'pcm16') data.writeInt16LE(sample, index * 2);
    else data[index] = muLaw(sample);
  }
  return Buffer.concat([wavHeader(data.length, { rate, channels, coding }), data]);
}

/**
 * Returns a WAV file as the decoder writes it, with a tone of 440 Hz between these seconds and silence
 * elsewhere.
 */
export function beeps(seconds: number, tones: readonly (readonly [number, number])[]): Buffer {
  const wav = toneWav(440, seconds, { rate: 16_000, channels: 1, coding: 'pcm16' });
  for (let index = 0; index < seconds * 16_000; index++) {
    const isLoud = tones.some(([start, end]) => index >= start * 16_000 && index < end * 16_000);
    if (!isLoud) wav.writeInt16LE(0, 44 + 2 * index);
  }
  return wav;
}

/**
 * Returns the spans that are louder than 50 dB below full scale, in seconds, to the 20 ms; shorter silences
 * are ignored.
 */
export function loudSpans(loudnessPath: string, shortestSilence = 0.1): [number, number][] {
  const spans: [number, number][] = [];
  readFileSync(loudnessPath).forEach((level, step) => {
    if (level > 50) return;
    const last = spans.at(-1);
    if (last !== undefined && step / 50 - last[1] < shortestSilence) last[1] = (step + 1) / 50;
    else spans.push([step / 50, (step + 1) / 50]);
  });
  return spans;
}

export function wavHeader(dataBytes: number, { rate, channels, coding }: WavOptions): Buffer {
  const bytesPerSample = coding === 'pcm16' ? 2 : 1;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(coding === 'pcm16' ? 1 : 7, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * channels * bytesPerSample, 28);
  header.writeUInt16LE(channels * bytesPerSample, 32);
  header.writeUInt16LE(8 * bytesPerSample, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** Encodes a sample as ITU-T G.711 mu-law. */
function muLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32_635) + 132;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

/**
 * Writes two hours of silence at 48 kHz stereo, which takes seconds to decode and, as a sparse file, no space
 * on the disk.
 */
export function writeSlowWav(path: string): void {
  const options = { rate: 48_000, channels: 2, coding: 'pcm16' } as const;
  const dataBytes = 2 * 3600 * 48_000 * 2 * 2;
  const file = openSync(path, 'w');
  writeSync(file, wavHeader(dataBytes, options));
  ftruncateSync(file, 44 + dataBytes);
  closeSync(file);
}

/** Returns bytes that belong to no format; the same every time, since random ones look like MP3 now and then. */
export function noise(bytes: number): Buffer {
  const random = seeded(1);
  return Buffer.from(Array.from({ length: bytes }, () => Math.floor(random() * 256)));
}

/** Returns AMR narrow band, 4.75 kbit/s: frames of 20 ms of any content. */
export function amr(frames: number): Buffer {
  const frame = Buffer.alloc(13, 0x5a);
  frame[0] = 0x04;
  return Buffer.concat([Buffer.from('#!AMR\n'), ...Array.from({ length: frames }, () => frame)]);
}

/** Returns an MP3 whose cover picture is larger than the bytes that are probed for the format. */
export function withHugeCover(mp3: Buffer): Buffer {
  const size = 1_500_000;
  const tag = Buffer.alloc(10 + size, 7);
  tag.write('ID3\x03\0\0', 0, 'latin1');
  for (let index = 0; index < 4; index++) tag[6 + index] = (size >> (7 * (3 - index))) & 0x7f;
  tag.write('APIC', 10, 'latin1');
  tag.writeUInt32BE(size - 10, 14);
  tag.write('\0\0\0image/jpeg\0\x03\0', 18, 'latin1');
  return Buffer.concat([tag, mp3]);
}

export type ReadWav = {
  readonly rate: number;
  readonly channels: number;
  readonly bits: number;
  readonly seconds: number;
  /** Measured by the crossings of zero, in Hz. */
  readonly frequency: number;
};

/** Reads the decoder's output, and checks that its header states exactly the bytes that follow. */
export function readWav(path: string): ReadWav {
  const file = readFileSync(path);
  if (file.readUInt32LE(4) !== file.length - 8 || file.readUInt32LE(40) !== file.length - 44) {
    throw new Error('the header does not fit the file');
  }
  const rate = file.readUInt32LE(24);
  const count = (file.length - 44) / 2;
  let crossings = 0;
  for (let index = 1; index < count; index++) {
    if (file.readInt16LE(42 + 2 * index) < 0 && file.readInt16LE(44 + 2 * index) >= 0) crossings++;
  }
  const seconds = count / rate;
  const [channels, bits] = [file.readUInt16LE(22), file.readUInt16LE(34)];
  return { rate, channels, bits, seconds, frequency: crossings / seconds };
}
