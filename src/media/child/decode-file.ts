import { setImmediate } from 'node:timers/promises';
import { AV_NOPTS_VALUE, AV_PKT_FLAG_CORRUPT, AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { avGetCodecName, Frame, Packet } from 'node-av/lib';
import { DabirError } from '../../domain/errors.ts';
import type { DecodeJob, DecodeResult } from '../protocol.ts';
import { declaresDuration, shortContainerName } from './containers.ts';
import { readFfmpegLog, resetFfmpegLog } from './ffmpeg-log.ts';
import { endsInsideOggPage } from './ogg-tail.ts';
import { type OpenMedia, openMedia } from './open-media.ts';
import { Resampler } from './resampler.ts';
import { sampleRate, WavWriter } from './wav-writer.ts';

/** A first or last packet that was cut is common and costs less than 0.1 s; more lost packets are damage. */
const toleratedLostPackets = 2;
/** Read errors in a row after which nothing more is expected of a file. */
const mostReadErrors = 16;
/** Packets between two turns of the event loop, which bring FFmpeg's log and the news that the parent is gone. */
const packetsPerTurn = 256;
/** Encoders pad the end of a file by less than this, in seconds; a file of exactly the limit is still taken. */
const graceSeconds = 1;

/**
 * Decodes one file with FFmpeg's synchronous calls (they take a seventh of the asynchronous ones' time).
 * Throws DabirErrors: `not_media`, `no_audio_track`, `media_damaged`, `media_too_long`.
 */
export async function decodeFile(job: DecodeJob): Promise<DecodeResult> {
  resetFfmpegLog();
  const media = openMedia(job.inputPath);
  try {
    const container = shortContainerName(media.containerName);
    const declared = declaredSeconds(media, container);
    if (declared > job.maxDurationSeconds + graceSeconds) throw tooLong(job);
    const { samples, lostPackets } = await writeSamples(media, job);
    // The first turn may begin behind the point where FFmpeg's log is handed over, the second does not.
    await setImmediate();
    await setImmediate();
    if (samples === 0) {
      const code = media.doubtful ? 'not_media' : 'media_damaged';
      throw new DabirError(code, `nothing could be decoded: ${readFfmpegLog().text}`);
    }
    const durationSeconds = samples / sampleRate;
    const damaged =
      lostPackets > toleratedLostPackets ||
      readFfmpegLog().lostData ||
      isMuchShorter(durationSeconds, media, container) ||
      (container === 'ogg' && endsInsideOggPage(job.inputPath));
    return { durationSeconds, damaged, container, codec: avGetCodecName(media.codec.codecId) ?? 'unknown' };
  } finally {
    media.close();
  }
}

async function writeSamples(
  media: OpenMedia,
  job: DecodeJob,
): Promise<{ samples: number; lostPackets: number }> {
  const limit = (job.maxDurationSeconds + graceSeconds) * sampleRate;
  const writer = new WavWriter(job.outputPath);
  const resampler = new Resampler((data, count) => {
    if (writer.samples + count > limit || !writer.write(data, count)) throw tooLong(job);
  });
  const packet = new Packet();
  const frame = new Frame();
  packet.alloc();
  frame.alloc();
  let lostPackets = 0;
  let readErrors = 0;
  try {
    for (let turn = 1; readErrors < mostReadErrors; turn++) {
      if (turn % packetsPerTurn === 0) await setImmediate();
      const read = media.format.readFrameSync(packet);
      if (read === AVERROR_EOF) break;
      if (read < 0) {
        readErrors++;
        if (read !== AVERROR_EAGAIN) lostPackets++;
        continue;
      }
      readErrors = 0;
      if (packet.streamIndex === media.stream.index && !decodePacket(media, packet, frame, resampler))
        lostPackets++;
      packet.unref();
    }
    if (readErrors >= mostReadErrors) lostPackets += toleratedLostPackets;
    decodePacket(media, null, frame, resampler);
    resampler.flush();
    writer.finish();
    return { samples: writer.samples, lostPackets };
  } catch (error) {
    writer.abandon();
    throw error;
  } finally {
    frame.free();
    packet.free();
    resampler.close();
  }
}

/** Decodes one packet, or what the decoder still holds for null; false when something of it was lost. */
function decodePacket(media: OpenMedia, packet: Packet | null, frame: Frame, resampler: Resampler): boolean {
  let whole = packet === null || (packet.flags & AV_PKT_FLAG_CORRUPT) === 0;
  const sent = media.codec.sendPacketSync(packet);
  if (sent < 0 && sent !== AVERROR_EOF) whole = false;
  for (;;) {
    const received = media.codec.receiveFrameSync(frame);
    if (received === AVERROR_EAGAIN || received === AVERROR_EOF) return whole;
    if (received < 0) return false;
    if (frame.decodeErrorFlags !== 0 || !resampler.push(frame)) whole = false;
    frame.unref();
  }
}

/** Seconds by the audio track's or the container's own word, 0 where there is none worth believing. */
function declaredSeconds({ format, stream }: OpenMedia, container: string): number {
  if (!declaresDuration(container)) return 0;
  const ofStream = stream.duration;
  if (ofStream !== AV_NOPTS_VALUE && ofStream > 0n) {
    return (Number(ofStream) * stream.timeBase.num) / stream.timeBase.den;
  }
  return format.duration > 0n ? Number(format.duration) / 1_000_000 : 0;
}

/**
 * True when the audio track promised at least half a second and a fiftieth more than was there (encoders' padding is
 * below 0.1 s). Only where a track has a duration of its own; Matroska's is the whole film's.
 */
function isMuchShorter(durationSeconds: number, media: OpenMedia, container: string): boolean {
  if (container === 'matroska') return false;
  const declared = declaredSeconds(media, container);
  return declared - durationSeconds > Math.max(0.5, declared / 50);
}

function tooLong(job: DecodeJob): DabirError {
  const limitMinutes = Math.round(job.maxDurationSeconds / 6) / 10;
  return new DabirError('media_too_long', `longer than ${job.maxDurationSeconds} s`, {
    details: { limitMinutes },
  });
}
