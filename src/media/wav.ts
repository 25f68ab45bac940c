/** Samples per second of every WAV file that Dabir writes; Whisper and most engines take this rate. */
export const sampleRate = 16_000;
export const bytesPerSample = 2;
/** Bytes before the first sample in every WAV file that Dabir writes. */
export const wavHeaderBytes = 44;
/** Maximum bytes of samples: RIFF sizes have 32 bits, which is 37 hours. */
export const maxWavData = 0xffff_ffff - wavHeaderBytes;

/** Returns the header of a 16 kHz mono 16-bit PCM WAV file with `dataBytes` bytes of samples. */
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

/** A range of audio in seconds; `endSeconds` is exclusive. */
export type AudioRange = { readonly startSeconds: number; readonly endSeconds: number };

/** A range of a file in bytes; `end` is exclusive. */
export type ByteRange = { readonly start: number; readonly end: number };

/**
 * Returns the position of a range's samples in a WAV file that Dabir wrote; a range beyond the end stops there.
 * @throws RangeError if the range has no audio
 */
export function bytesOfRange(fileBytes: number, range: AudioRange): ByteRange {
  const byteAt = (seconds: number) =>
    Math.min(fileBytes, wavHeaderBytes + Math.max(0, Math.round(seconds * sampleRate)) * bytesPerSample);
  const [start, end] = [byteAt(range.startSeconds), byteAt(range.endSeconds)];
  if (!(end > start)) throw new RangeError(`no audio from ${range.startSeconds} s to ${range.endSeconds} s`);
  return { start, end };
}
