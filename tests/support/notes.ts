import { bytesPerSample, sampleRate, wavHeader } from '../../src/media/wav.ts';

/**
 * Makes a note with a tone whose pitch depends on its number, so that an engine can tell by the bytes which one it was
 * given. Numbers below 10,000 differ in pitch as well.
 * @param seconds length
 * @returns a WAV file as engines get it (16 kHz, mono), 32 kB for each second
 */
export function makeNote(number: number, seconds: number): Uint8Array {
  const samples = Buffer.alloc(sampleRate * seconds * bytesPerSample);
  // From 200 Hz to 7.2 kHz: below half of the sample rate.
  const hertz = 200 + number * 0.7;
  for (let index = 0; index * bytesPerSample < samples.length; index += 1) {
    const value = Math.sin((2 * Math.PI * hertz * index) / sampleRate);
    samples.writeInt16LE(Math.round(value * 12_000), index * bytesPerSample);
  }
  return Buffer.concat([wavHeader(samples.length), samples]);
}
