/** Samples per second; engines work at this rate, so that decoding changes nothing. */
const sampleRate = 16_000;

/**
 * Makes a voice note of two seconds with a tone whose pitch depends on `index`, so that an engine can tell by
 * the bytes which one it was given.
 * @returns a WAV file of 64 kB
 */
export function makeNote(index: number): Uint8Array {
  const samples = sampleRate * 2;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(sampleRate, 24);
  wav.writeUInt32LE(sampleRate * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(samples * 2, 40);
  const step = (2 * Math.PI * (200 + index * 3)) / sampleRate;
  for (let sample = 0; sample < samples; sample += 1) {
    wav.writeInt16LE(Math.round(Math.sin(sample * step) * 12_000), 44 + sample * 2);
  }
  return wav;
}
