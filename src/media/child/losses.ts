import { containerSeconds, trackSeconds } from './declared-duration.ts';
import { readFfmpegLog } from './ffmpeg-log.ts';
import { endsInsideOggPage } from './ogg-tail.ts';
import type { OpenMedia } from './open-media.ts';
import type { Timeline } from './timeline.ts';

/** A first or last packet that was cut is common and costs less than 0.1 s; more lost packets are damage. */
export const toleratedLostPackets = 2;
/** Damaged, but nothing says how much is gone: a packet, in seconds. */
const leastLoss = 0.02;

/** What decoding noticed. */
export type Decoding = {
  /** Of the output. */
  readonly samples: number;
  readonly timeline: Timeline;
  readonly lostPackets: number;
  /** Of the last packet. */
  readonly packetSeconds: number;
};

/**
 * Seconds of audio that could not be read, as well as can be told; 0 for a whole file. Silence in a file without any
 * sign of damage is what the recorder left out, and no loss.
 */
export function lostSeconds(
  media: OpenMedia,
  container: string,
  inputPath: string,
  { timeline, lostPackets, packetSeconds }: Decoding,
): number {
  const track = trackSeconds(media, container);
  const missingOfTrack = track > 0 ? timeline.lead + track - timeline.position : 0;
  const isDamaged =
    lostPackets > toleratedLostPackets ||
    readFfmpegLog().lostData ||
    // Encoders' padding is below 0.1 s; some containers round.
    missingOfTrack > Math.max(0.5, track / 50) ||
    (container === 'ogg' && endsInsideOggPage(inputPath));
  if (!isDamaged) return 0;
  const missing = track > 0 ? missingOfTrack : containerSeconds(media.format, container) - timeline.position;
  return Math.max(timeline.holes + Math.max(0, missing), lostPackets * packetSeconds, leastLoss);
}
