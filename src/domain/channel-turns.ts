import { type Loudness, quantile } from './loudness.ts';
import type { SpeakerTurn } from './speaker-turns.ts';

/** Loudness of the two channels of a stereo recording. */
export type Channels = { readonly left: Loudness; readonly right: Loudness };

/** Level below which a channel is silent, in decibels under full scale. */
const silentLevel = 60;
/** Distance from the loud moments of its channel below which nobody speaks there, in decibels. */
const belowTheLoud = 25;
/** How much louder one channel is while its speaker speaks, in decibels; a call leaks less from side to side. */
const clearly = 6;
/** Steps over which a level is the loudest one, 0.3 s; it bridges the gaps within words. */
const reach = 7;
/** Least time that each channel is clearly the louder one: in seconds, and as a share of all speech. */
const minSeconds = 2;
const minShare = 0.05;
/** Share of the speech up to which both channels may be equally loud: two speak at once. */
const maxTogether = 0.3;
/** Pause within a turn, and shortest turn, in seconds. */
const maxPause = 0.8;
const minTurn = 0.2;

/**
 * Returns the turns of a recording with a speaker on each channel, such as a call; ordered by start. Returns null where
 * the channels do not differ so: music, one microphone, or one silent channel.
 */
export function channelTurns({ left, right }: Channels): SpeakerTurn[] | null {
  const { stepSeconds } = left;
  const steps = Math.min(left.levels.length, right.levels.length);
  const [a, b] = [heldLevels(left.levels, steps), heldLevels(right.levels, steps)];
  const [fromA, fromB] = [speechFrom(left), speechFrom(right)];
  let [onlyA, onlyB, together] = [0, 0, 0];
  const speaks: [Uint8Array, Uint8Array] = [new Uint8Array(steps), new Uint8Array(steps)];
  for (let step = 0; step < steps; step++) {
    const [levelA, levelB] = [a[step] ?? 100, b[step] ?? 100];
    const [isA, isB] = [levelA <= fromA, levelB <= fromB];
    if (!isA && !isB) continue;
    if (isA && levelB - levelA >= clearly) {
      onlyA++;
      speaks[0][step] = 1;
    } else if (isB && levelA - levelB >= clearly) {
      onlyB++;
      speaks[1][step] = 1;
    } else if (isA && isB) {
      together++;
      speaks[0][step] = 1;
      speaks[1][step] = 1;
    }
  }
  const minSteps = Math.max(minSeconds / stepSeconds, minShare * (onlyA + onlyB + together));
  if (onlyA < minSteps || onlyB < minSteps || together > maxTogether * (onlyA + onlyB + together))
    return null;
  return speaks
    .flatMap((channel, speaker) => turnsOf(channel, stepSeconds, speaker))
    .toSorted((first, second) => first.start - second.start);
}

/** Returns the level from which on a channel is silent; a higher level is quieter. */
function speechFrom({ levels }: Loudness): number {
  return Math.min(silentLevel, quantile(levels, 0.05) + belowTheLoud);
}

/** Returns for each step the loudest level around it. */
function heldLevels(levels: Uint8Array, steps: number): Uint8Array {
  const held = new Uint8Array(steps).fill(100);
  for (let step = 0; step < steps; step++) {
    const level = levels[step] ?? 100;
    const last = Math.min(steps - 1, step + reach);
    for (let at = Math.max(0, step - reach); at <= last; at++)
      if (level < (held[at] ?? 100)) held[at] = level;
  }
  return held;
}

function turnsOf(speaks: Uint8Array, stepSeconds: number, speaker: number): SpeakerTurn[] {
  const turns: { start: number; end: number; speaker: number }[] = [];
  for (const [step, isSpeech] of speaks.entries()) {
    if (isSpeech === 0) continue;
    const [start, end] = [step * stepSeconds, (step + 1) * stepSeconds];
    const last = turns.at(-1);
    if (last !== undefined && start - last.end <= maxPause) last.end = end;
    else turns.push({ start, end, speaker });
  }
  return turns.filter(({ start, end }) => end - start >= minTurn);
}
