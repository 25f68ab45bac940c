import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { type ErrorCode, toDabirError } from '../../domain/errors.ts';
import { channelsFile, type DecodeJob, type DecodeResult } from '../protocol.ts';
import { bytesPerSample, sampleRate, wavHeaderBytes } from '../wav.ts';
import { AudioOutput } from './audio-output.ts';
import type { MediaTool } from './media-tool.ts';
import { type OggLink, readOggLinks } from './ogg-links.ts';
import { writeFully } from './write-fully.ts';

const copyBytes = 1 << 20;
/** Loss of a link of unknown duration, in seconds. */
const unknownLoss = 0.02;
/** Failures of one link that leave the others as they are. */
const failsOneLink: readonly ErrorCode[] = ['not_media', 'media_damaged', 'no_audio_track'];

/** Decodes a file; a chained Ogg file link by link, because FFmpeg drops links of another codec. */
export async function decodeWithLinks(tool: MediaTool, job: DecodeJob): Promise<DecodeResult> {
  const links = readOggLinks(job.inputPath);
  return links.length < 2 ? tool.decode(job) : decodeChain(tool, job, links);
}

async function decodeChain(
  tool: MediaTool,
  job: DecodeJob,
  links: readonly OggLink[],
): Promise<DecodeResult> {
  const linkJob = {
    ...job,
    inputPath: `${job.outputPath}.link`,
    outputPath: `${job.outputPath}.link.wav`,
    loudnessPath: `${job.loudnessPath}.link`,
  };
  const output = new AudioOutput(job, { whole: 0, track: 0 }, null);
  const codecs = new Set<string>();
  let lostSeconds = 0;
  let failure: unknown = null;
  try {
    for (const link of links) {
      copyLink(job.inputPath, link, linkJob.inputPath);
      try {
        const result = await tool.decode(linkJob);
        lostSeconds += result.lostSeconds;
        codecs.add(result.codec);
        appendSamples(linkJob.outputPath, output);
      } catch (thrown) {
        const { code } = toDabirError(thrown);
        if (!failsOneLink.includes(code)) throw thrown;
        failure ??= thrown;
        if (code !== 'no_audio_track') lostSeconds += link.seconds ?? unknownLoss;
      }
    }
    if (output.samples === 0) throw failure;
    output.finish();
  } catch (error) {
    output.abandon();
    throw error;
  } finally {
    const { inputPath, outputPath, loudnessPath } = linkJob;
    for (const path of [inputPath, outputPath, loudnessPath, channelsFile(loudnessPath)])
      rmSync(path, { force: true });
  }
  const durationSeconds = output.samples / sampleRate;
  return { durationSeconds, lostSeconds, container: 'ogg', codec: [...codecs].join('+') };
}

function copyLink(path: string, { start, end }: OggLink, target: string): void {
  const file = openSync(target, 'w');
  try {
    readInPieces(path, start, end, (piece) => writeFully(file, piece, null));
  } finally {
    closeSync(file);
  }
}

function appendSamples(path: string, output: AudioOutput): void {
  readInPieces(path, wavHeaderBytes, Number.POSITIVE_INFINITY, (piece) =>
    output.write(piece, piece.length / bytesPerSample),
  );
}

/** Reads a range of a file; `end` is exclusive. */
function readInPieces(path: string, start: number, end: number, onPiece: (piece: Buffer) => void): void {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(copyBytes);
    for (let at = start; at < end; ) {
      const length = readSync(file, bytes, 0, Math.min(bytes.length, end - at), at);
      if (length === 0) return;
      onPiece(bytes.subarray(0, length));
      at += length;
    }
  } finally {
    closeSync(file);
  }
}
