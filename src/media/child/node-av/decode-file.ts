import { setImmediate } from 'node:timers/promises';
import { AV_NOPTS_VALUE, AV_PKT_FLAG_CORRUPT, AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { avGetCodecName, Frame, Packet } from 'node-av/lib';
import { DabirError } from '../../../domain/errors.ts';
import type { DecodeJob, DecodeResult } from '../../protocol.ts';
import { sampleRate } from '../../wav.ts';
import { AudioOutput } from '../audio-output.ts';
import { shortContainerName } from '../containers.ts';
import type { DamageLog } from '../damage-log.ts';
import { believableDuration, type DeclaredDuration } from '../declared-duration.ts';
import { type Decoding, measureLostSeconds, toleratedLostPackets } from '../losses.ts';
import { isAmrPause } from './amr-pause.ts';
import { startFfmpegLog } from './ffmpeg-log.ts';
import { type OpenMedia, openMedia } from './open-media.ts';
import { Resampler } from './resampler.ts';

/** Consecutive read errors after which the rest of a file is given up. */
const maxReadErrors = 16;
/** Packets between turns of the event loop, which deliver FFmpeg's log and the disconnection of the parent. */
const packetsPerIteration = 256;

/**
 * Decodes one file with FFmpeg's synchronous calls, which take a seventh of the time of the asynchronous ones.
 * @throws DabirError `not_media`, `no_audio_track`, `media_damaged`, `media_too_long`, `internal`
 */
export async function decodeWithNodeAv(job: DecodeJob): Promise<DecodeResult> {
  const log = startFfmpegLog();
  const media = openMedia(job.inputPath);
  try {
    const container = shortContainerName(media.containerName);
    const codec = avGetCodecName(media.codec.codecId) ?? 'unknown';
    const declared = believableDuration(reportedDuration(media), container, job.inputPath);
    const decoding = await writeSamples(media, declared, codec, job, log);
    // FFmpeg's log is complete only after a full turn; the first may start after the point where the log is
    // delivered.
    await setImmediate();
    await setImmediate();
    if (decoding.samples === 0) {
      const code = media.isFormatGuessed ? 'not_media' : 'media_damaged';
      throw new DabirError(code, `nothing could be decoded: ${log.text}`);
    }
    return {
      durationSeconds: decoding.samples / sampleRate,
      lostSeconds: measureLostSeconds(declared, container, job.inputPath, decoding),
      container,
      codec,
    };
  } finally {
    media.close();
  }
}

function reportedDuration({ format, stream }: OpenMedia): DeclaredDuration {
  const { duration, timeBase } = stream;
  const isKnown = duration !== AV_NOPTS_VALUE && duration > 0n;
  return {
    whole: format.duration > 0n ? Number(format.duration) / 1_000_000 : 0,
    track: isKnown ? (Number(duration) * timeBase.num) / timeBase.den : 0,
  };
}

async function writeSamples(
  media: OpenMedia,
  declared: DeclaredDuration,
  codecName: string,
  job: DecodeJob,
  log: DamageLog,
): Promise<Decoding> {
  const { startTime } = media.format;
  const origin = startTime === AV_NOPTS_VALUE ? null : Number(startTime) / 1_000_000;
  const output = new AudioOutput(job, declared, origin);
  const { timeline } = output;
  const resampler = new Resampler((data, count, isStereo) =>
    isStereo ? output.writeStereo(data, count) : output.write(data, count),
  );
  const timeBaseSeconds = media.stream.timeBase.num / media.stream.timeBase.den;
  let packetSeconds = 0;
  /** Returns false if the frame cannot be converted. */
  const take = (frame: Frame): boolean => {
    const { nbSamples, sampleRate: rate, bestEffortTimestamp } = frame;
    if (rate <= 0 || nbSamples <= 0) return false;
    packetSeconds = nbSamples / rate;
    const isTimed = bestEffortTimestamp !== AV_NOPTS_VALUE;
    const time = isTimed ? Number(bestEffortTimestamp) * timeBaseSeconds : null;
    output.writeSilence(timeline.advance(time, packetSeconds));
    return resampler.push(frame);
  };
  const packet = new Packet();
  const frame = new Frame();
  packet.alloc();
  frame.alloc();
  let lostPackets = 0;
  let readErrors = 0;
  try {
    for (let count = 1; readErrors < maxReadErrors; count++) {
      if (count % packetsPerIteration === 0) await setImmediate();
      const read = media.format.readFrameSync(packet);
      if (read === AVERROR_EOF) break;
      if (read < 0) {
        readErrors++;
        if (read !== AVERROR_EAGAIN) lostPackets++;
        continue;
      }
      readErrors = 0;
      const isOurs = packet.streamIndex === media.stream.index && !isAmrPause(codecName, packet);
      if (isOurs && !decodePacket(media, packet, frame, take)) lostPackets++;
      packet.unref();
    }
    if (readErrors >= maxReadErrors) lostPackets += toleratedLostPackets;
    decodePacket(media, null, frame, take);
    resampler.flush();
    output.finish();
    return { samples: output.samples, timeline, lostPackets, packetSeconds, log };
  } catch (error) {
    output.abandon();
    throw error;
  } finally {
    frame.free();
    packet.free();
    resampler.close();
  }
}

/** Decodes one packet, or flushes the decoder for null; returns false if some of it was lost. */
function decodePacket(
  media: OpenMedia,
  packet: Packet | null,
  frame: Frame,
  take: (frame: Frame) => boolean,
): boolean {
  let whole = packet === null || (packet.flags & AV_PKT_FLAG_CORRUPT) === 0;
  const sent = media.codec.sendPacketSync(packet);
  if (sent < 0 && sent !== AVERROR_EOF) whole = false;
  for (;;) {
    const received = media.codec.receiveFrameSync(frame);
    if (received === AVERROR_EAGAIN || received === AVERROR_EOF) return whole;
    if (received < 0) return false;
    if (frame.decodeErrorFlags !== 0) whole = false;
    if (!take(frame)) whole = false;
    frame.unref();
  }
}
