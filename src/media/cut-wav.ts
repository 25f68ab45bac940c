import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type ByteRange, wavHeader } from './wav.ts';

/** Copies a range of samples of a WAV file that Dabir wrote to a new WAV file. */
export async function cutWav(
  wavPath: string,
  { start, end }: ByteRange,
  outputPath: string,
  signal: AbortSignal,
): Promise<void> {
  const output = createWriteStream(outputPath);
  output.write(wavHeader(end - start));
  // `end` of a read stream is inclusive.
  await pipeline(createReadStream(wavPath, { start, end: end - 1 }), output, { signal });
}
