import { AVDISCARD_ALL, AVIO_FLAG_READ, AVMEDIA_TYPE_AUDIO } from 'node-av/constants';
import type { Stream } from 'node-av/lib';
import {
  type Codec,
  CodecContext,
  Dictionary,
  FFmpegError,
  FormatContext,
  InputFormat,
  IOContext,
} from 'node-av/lib';
import { DabirError } from '../../../domain/errors.ts';
import { containerWhitelist, isKnownContainer } from '../containers.ts';
import { hopelessScore, lowScore } from '../scores.ts';

/** Bytes in which a file's format is searched; FFmpeg's own limit (PROBE_BUF_MAX). */
const probeBytes = 1 << 20;

/** An open file with its audio track and a decoder. */
export type OpenMedia = {
  readonly format: FormatContext;
  readonly stream: Stream;
  readonly codec: CodecContext;
  /** FFmpeg's name, which may be a list such as `mov,mp4,m4a`. */
  readonly containerName: string;
  /** True if the format is a guess; if nothing can be decoded, the error is then `not_media`. */
  readonly isFormatGuessed: boolean;
  readonly close: () => void;
};

/**
 * Opens a file by its content. FFmpeg gets an open file without a name, so the name has no influence. Demuxers
 * cannot open other files or the network, because the protocol whitelist holds only a name that does not exist.
 * @throws DabirError `not_media`, `no_audio_track`, `media_damaged`
 */
export function openMedia(path: string): OpenMedia {
  const input = openFile(path);
  const format = new FormatContext();
  let codec: CodecContext | null = null;
  const close = () => {
    codec?.freeContext();
    format.closeInputSync();
    input.closepSync();
  };
  try {
    format.allocContext();
    format.pb = input;
    const options = Dictionary.fromObject({
      protocol_whitelist: 'none',
      format_whitelist: containerWhitelist,
    });
    const opened = format.openInputSync('', null, options);
    options.free();
    if (opened < 0) throw unopened(path, opened);
    const containerName = format.iformat?.name ?? '';
    const score = format.probeScore;
    if (score < hopelessScore)
      throw new DabirError('not_media', `${containerName} with a score of only ${score}`);
    format.findStreamInfoSync(null);
    const found = findAudio(format, score);
    // Videos are large; where the container allows it, the other tracks are not even read.
    for (const other of format.streams) {
      if (other.index !== found.stream.index) other.discard = AVDISCARD_ALL;
    }
    codec = openDecoder(found.stream, found.decoder);
    return { format, ...found, codec, containerName, isFormatGuessed: score <= lowScore, close };
  } catch (error) {
    close();
    throw error;
  }
}

function openFile(path: string): IOContext {
  const input = new IOContext();
  const result = input.open2Sync(`file:${path}`, AVIO_FLAG_READ);
  if (result < 0) throw new DabirError('internal', `cannot read the file: ${describe(result)}`);
  return input;
}

/** Returns `media_damaged` for a known format that cannot be opened, and `not_media` for an unknown one. */
function unopened(path: string, result: number): DabirError {
  const input = openFile(path);
  try {
    const name = InputFormat.probeBufferSync(input, probeBytes)?.name ?? null;
    if (name === null || !isKnownContainer(name)) {
      return new DabirError('not_media', `FFmpeg: ${name ?? 'unknown'}: ${describe(result)}`);
    }
    return new DabirError('media_damaged', `${name} cannot be opened: ${describe(result)}`);
  } finally {
    input.closepSync();
  }
}

/** Returns FFmpeg's choice of track: the default one, then the one with the highest bit rate. */
function findAudio(format: FormatContext, score: number): { stream: Stream; decoder: Codec } {
  const streams = format.streams;
  const best = format.findBestStream(AVMEDIA_TYPE_AUDIO, -1, -1, true);
  const stream = streams[best.streamIndex];
  if (stream !== undefined && best.decoder !== null) return { stream, decoder: best.decoder };
  if (streams.some((other) => other.codecpar.codecType === AVMEDIA_TYPE_AUDIO)) {
    throw new DabirError('media_damaged', 'no decoder for the audio track');
  }
  if (streams.length === 0 || score <= lowScore) throw new DabirError('not_media', 'no tracks');
  throw new DabirError('no_audio_track', 'no audio track');
}

function openDecoder(stream: Stream, decoder: Codec): CodecContext {
  const codec = new CodecContext();
  codec.allocContext3(decoder);
  const copied = codec.parametersToContext(stream.codecpar);
  codec.pktTimebase = stream.timeBase;
  codec.threadCount = 1;
  const opened = copied < 0 ? copied : codec.open2Sync(decoder, null);
  if (opened < 0) {
    codec.freeContext();
    throw new DabirError('media_damaged', `the decoder cannot be opened: ${describe(opened)}`);
  }
  return codec;
}

/** Returns FFmpeg's message for a negative result. */
function describe(result: number): string {
  return new FFmpegError(result).message;
}
