import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type ByteRange, wavHeader } from './wav.ts';

/** Copies these samples of one of our own WAV files into a WAV file of its own. */
export async function cutWav(
  wavPath: string,
  { start, end }: ByteRange,
  outputPath: string,
  signal: AbortSignal,
): Promise<void> {
  const output = createWriteStream(outputPath);
  output.write(wavHeader(end - start));
  // A read stream's `end` is the last byte it gives.
  await pipeline(createReadStream(wavPath, { start, end: end - 1 }), output, { signal });
}
