import { closeSync, openSync, readSync } from 'node:fs';
import {
  AV_SAMPLE_FMT_S16,
  AV_SAMPLE_FMT_S16P,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVIO_FLAG_WRITE,
  type AVSampleFormat,
  FF_ENCODER_FLAC,
  FF_ENCODER_LIBMP3LAME,
  FF_ENCODER_LIBOPUS,
  type FFAudioEncoder,
} from 'node-av/constants';
import {
  avChannelLayoutDefault,
  Codec,
  CodecContext,
  FFmpegError,
  FormatContext,
  Frame,
  IOContext,
  Packet,
  Rational,
} from 'node-av/lib';
import { DabirError } from '../../../domain/errors.ts';
import type { EncodedFormat, EncodeJob } from '../../protocol.ts';
import { type ByteRange, bytesPerSample, sampleRate } from '../../wav.ts';

type Encoding = {
  readonly encoder: FFAudioEncoder;
  readonly sampleFormat: AVSampleFormat;
  readonly options: Readonly<Record<string, string>>;
};

/**
 * Bit rates for speech in 16 kHz mono; LOCAL transcribes it at half these rates
 * (tests/media/through-the-flow.test.ts).
 */
const encodings: Readonly<Record<EncodedFormat, Encoding>> = {
  flac: { encoder: FF_ENCODER_FLAC, sampleFormat: AV_SAMPLE_FMT_S16, options: {} },
  ogg: {
    encoder: FF_ENCODER_LIBOPUS,
    sampleFormat: AV_SAMPLE_FMT_S16,
    // Medium effort; the maximum takes 1.5 times as long.
    options: { b: '32k', application: 'voip', compression_level: '5' },
  },
  mp3: {
    encoder: FF_ENCODER_LIBMP3LAME,
    sampleFormat: AV_SAMPLE_FMT_S16P,
    options: { b: '64k' },
  },
};

/**
 * Encodes samples of a WAV file that Dabir wrote.
 * @throws DabirError `internal`, because the input is not a user's file
 */
export function encodeChunkWithNodeAv({ wavPath, bytes, format, outputPath }: EncodeJob): void {
  const encoder = openEncoder(encodings[format]);
  const wav = openSync(wavPath, 'r');
  const output = new IOContext();
  const container = new FormatContext();
  try {
    check(output.open2Sync(`file:${outputPath}`, AVIO_FLAG_WRITE));
    check(container.allocOutputContext2(null, format, null));
    container.pb = output;
    const stream = container.newStream(null);
    stream.timeBase = encoder.timeBase;
    check(stream.codecpar.fromContext(encoder));
    check(container.writeHeaderSync(null));
    encodeSamples(wav, bytes, encoder, (packet) => {
      packet.streamIndex = stream.index;
      // The container may use a time base other than the requested one.
      packet.rescaleTs(encoder.timeBase, stream.timeBase);
      check(container.interleavedWriteFrameSync(packet));
    });
    check(container.writeTrailerSync());
  } finally {
    // Otherwise both node-av objects free it.
    container.pb = null;
    output.closepSync();
    container.freeContext();
    encoder.freeContext();
    closeSync(wav);
  }
}

function encodeSamples(
  wav: number,
  { start, end }: ByteRange,
  encoder: CodecContext,
  write: (packet: Packet) => void,
): void {
  const frame = new Frame();
  const packet = new Packet();
  frame.alloc();
  packet.alloc();
  /** Encodes a frame; null flushes the encoder. */
  const encode = (samples: Frame | null) => {
    check(encoder.sendFrameSync(samples));
    for (;;) {
      const received = encoder.receivePacketSync(packet);
      if (received === AVERROR_EAGAIN || received === AVERROR_EOF) return;
      check(received);
      write(packet);
    }
  };
  try {
    const block = Buffer.alloc(encoder.frameSize * bytesPerSample);
    for (let position = start; position < end; ) {
      const read = readSync(wav, block, 0, Math.min(block.length, end - position), position);
      if (read <= 0) throw new DabirError('internal', 'the WAV file became shorter');
      fill(frame, encoder, block.subarray(0, read));
      frame.pts = BigInt((position - start) / bytesPerSample);
      encode(frame);
      position += read;
    }
    encode(null);
  } finally {
    packet.free();
    frame.free();
  }
}

function openEncoder({ encoder: name, sampleFormat, options }: Encoding): CodecContext {
  const codec = Codec.findEncoderByName(name);
  if (codec === null) throw new DabirError('internal', `this FFmpeg has no ${name}`);
  const encoder = new CodecContext();
  encoder.allocContext3(codec);
  encoder.sampleRate = sampleRate;
  encoder.sampleFormat = sampleFormat;
  encoder.channelLayout = avChannelLayoutDefault(1);
  encoder.timeBase = new Rational(1, sampleRate);
  encoder.threadCount = 1;
  for (const [option, value] of Object.entries(options)) check(encoder.setOption(option, value));
  check(encoder.open2Sync(codec, null));
  return encoder;
}

/** Fills a frame with new memory, because the encoder may still hold that of the last frame. */
function fill(frame: Frame, encoder: CodecContext, samples: Buffer): void {
  frame.unref();
  frame.format = encoder.sampleFormat;
  frame.sampleRate = encoder.sampleRate;
  frame.channelLayout = encoder.channelLayout;
  frame.nbSamples = samples.length / bytesPerSample;
  check(frame.allocBuffer());
  check(frame.fromBuffer(samples));
}

function check(result: number): void {
  if (result < 0) throw new DabirError('internal', new FFmpegError(result).message);
}
