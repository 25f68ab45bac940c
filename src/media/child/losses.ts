import type { DamageLog } from './damage-log.ts';
import type { DeclaredDuration } from './declared-duration.ts';
import { endsInsideOggPage } from './ogg-tail.ts';
import type { Timeline } from './timeline.ts';

/** Cut first and last packets are common and cost less than 0.1 s; more lost packets are damage. */
export const toleratedLostPackets = 2;
/**
 * Encoders pad the end by less than 0.1 s, and some headers round; what is missing beyond this counts as lost.
 */
const toleratedSeconds = 0.5;
const toleratedShare = 0.02;
/** Loss of a file that is cut off without a declared duration: one packet, in seconds. */
const minLoss = 0.02;

/** Findings of one decoding. */
export type Decoding = {
  /** Samples of the output. */
  readonly samples: number;
  readonly timeline: Timeline;
  readonly lostPackets: number;
  readonly log: DamageLog;
  /** Duration of the last packet. */
  readonly packetSeconds: number;
};

/**
 * Estimates the seconds of audio that could not be read; 0 for an intact file. Without signs of damage, gaps in
 * the timestamps are pauses of the recorder, not losses.
 */
export function measureLostSeconds(
  declared: DeclaredDuration,
  container: string,
  inputPath: string,
  { timeline, lostPackets, packetSeconds, log }: Decoding,
): number {
  const isCutOff = log.cutOff || (container === 'ogg' && endsInsideOggPage(inputPath));
  const holes = lostPackets > 0 || log.corrupt ? timeline.holes : 0;
  const missing = missingAtEnd(declared, timeline, isCutOff);
  const unplaced = lostPackets > toleratedLostPackets ? lostPackets * packetSeconds : 0;
  return Math.max(holes + missing, unplaced, isCutOff ? minLoss : 0);
}

function missingAtEnd({ track, whole }: DeclaredDuration, timeline: Timeline, isCutOff: boolean): number {
  if (isCutOff) return Math.max(0, (track > 0 ? timeline.lead + track : whole) - timeline.position);
  // A video may be longer than its sound, so without other signs only the track's own duration proves a loss.
  const missing = timeline.lead + track - timeline.position;
  return missing > Math.max(toleratedSeconds, track * toleratedShare) ? missing : 0;
}
