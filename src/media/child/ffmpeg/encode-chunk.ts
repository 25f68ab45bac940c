import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { DabirError } from '../../../domain/errors.ts';
import type { EncodedFormat, EncodeJob } from '../../protocol.ts';
import { sampleRate } from '../../wav.ts';
import { startProgram } from './program.ts';

/** The same settings as in ../node-av/encode-chunk.ts. */
const encodings: Readonly<Record<EncodedFormat, readonly string[]>> = {
  flac: ['-c:a', 'flac'],
  ogg: ['-c:a', 'libopus', '-b:a', '32k', '-application', 'voip', '-compression_level', '5'],
  mp3: ['-c:a', 'libmp3lame', '-b:a', '64k'],
};

/**
 * Encodes samples of a WAV file that Dabir wrote.
 * @throws DabirError `internal`, because the input is not a user's file
 */
export async function encodeChunkWithFfmpeg(
  ffmpeg: string,
  { wavPath, bytes, format, outputPath }: EncodeJob,
): Promise<void> {
  const messages: string[] = [];
  const parameters = [
    ...['-hide_banner', '-nostats', '-v', 'repeat+level+error', '-y'],
    ...['-f', 's16le', '-ar', `${sampleRate}`, '-ac', '1', '-i', 'pipe:0'],
    ...['-threads', '1', ...encodings[format], '-f', format, `file:${outputPath}`],
  ];
  const program = startProgram(ffmpeg, parameters, null, ({ text }) => {
    if (messages.length < 20) messages.push(text);
  });
  // `end` of a read stream is inclusive.
  const samples = createReadStream(wavPath, { start: bytes.start, end: bytes.end - 1 });
  const [written, ended] = await Promise.allSettled([pipeline(samples, program.stdin), program.ended]);
  if (ended.status === 'rejected') throw ended.reason;
  if (ended.value !== 0 || written.status === 'rejected') {
    throw new DabirError('internal', `ffmpeg ended with ${ended.value}: ${messages.join('; ')}`);
  }
}
