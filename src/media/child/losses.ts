import type { DamageLog } from './damage-log.ts';
import type { DeclaredDuration } from './declared-duration.ts';
import { endsInsideOggPage } from './ogg-tail.ts';
import type { Timeline } from './timeline.ts';

/** A first or last packet that was cut is common and costs less than 0.1 s; more lost packets are damage. */
export const toleratedLostPackets = 2;
/** Encoders pad the end by less than a tenth of a second and some headers round; what is missing beyond this is lost. */
const toleratedSeconds = 0.5;
const toleratedShare = 0.02;
/** Cut off, and nothing says how long it was: a packet, in seconds. */
const leastLoss = 0.02;

/** What decoding noticed. */
export type Decoding = {
  /** Of the output. */
  readonly samples: number;
  readonly timeline: Timeline;
  readonly lostPackets: number;
  readonly log: DamageLog;
  /** Of the last packet. */
  readonly packetSeconds: number;
};

/**
 * Seconds of audio that could not be read, as well as can be told; 0 for a whole file. Silence in a file without any
 * sign of damage is what the recorder left out, and no loss.
 */
export function lostSeconds(
  declared: DeclaredDuration,
  container: string,
  inputPath: string,
  { timeline, lostPackets, packetSeconds, log }: Decoding,
): number {
  const isCutOff = log.cutOff || (container === 'ogg' && endsInsideOggPage(inputPath));
  const holes = lostPackets > 0 || log.corrupt ? timeline.holes : 0;
  const missing = missingAtEnd(declared, timeline, isCutOff);
  const unplaced = lostPackets > toleratedLostPackets ? lostPackets * packetSeconds : 0;
  return Math.max(holes + missing, unplaced, isCutOff ? leastLoss : 0);
}

function missingAtEnd({ track, whole }: DeclaredDuration, timeline: Timeline, isCutOff: boolean): number {
  if (isCutOff) return Math.max(0, (track > 0 ? timeline.lead + track : whole) - timeline.position);
  // A film may be longer than its sound: only the track's own word tells of a loss that nothing else does.
  const missing = timeline.lead + track - timeline.position;
  return missing > Math.max(toleratedSeconds, track * toleratedShare) ? missing : 0;
}
