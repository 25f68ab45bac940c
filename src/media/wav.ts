/** Samples a second in every WAV file we write; what Whisper and most engines take. */
export const sampleRate = 16_000;
export const bytesPerSample = 2;
/** Bytes before the first sample in every WAV file we write. */
export const wavHeaderBytes = 44;
/** A RIFF chunk counts its bytes with 32 bits; 37 hours. */
export const largestWavData = 0xffff_ffff - wavHeaderBytes;

/** The header of a 16 kHz mono 16-bit PCM WAV file with so many bytes of samples. */
export function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(wavHeaderBytes);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(wavHeaderBytes - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // one channel
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * bytesPerSample, 28);
  header.writeUInt16LE(bytesPerSample, 32);
  header.writeUInt16LE(8 * bytesPerSample, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** A range of a file's audio in seconds, from `startSeconds` up to but without `endSeconds`. */
export type AudioRange = { readonly startSeconds: number; readonly endSeconds: number };

/** A part of a file in bytes, from `start` up to but without `end`. */
export type ByteRange = { readonly start: number; readonly end: number };

/** Where the samples of a range are in one of our WAV files; a range past the end stops there. */
export function bytesOfRange(fileBytes: number, range: AudioRange): ByteRange {
  const byteAt = (seconds: number) =>
    Math.min(fileBytes, wavHeaderBytes + Math.max(0, Math.round(seconds * sampleRate)) * bytesPerSample);
  const [start, end] = [byteAt(range.startSeconds), byteAt(range.endSeconds)];
  if (!(end > start)) throw new RangeError(`no audio from ${range.startSeconds} s to ${range.endSeconds} s`);
  return { start, end };
}
