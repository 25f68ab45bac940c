import { type Loudness, quantile, type Range, silenceFrom } from './loudness.ts';

/** A part of a recording, in seconds from its start. */
export type PlannedPart = {
  /** What the part is answerable for; parts follow each other without a gap, but for silence. */
  readonly start: number;
  readonly end: number;
  /** What the engine is given: a little more at an edge that had to be cut where somebody speaks. */
  readonly from: number;
  readonly to: number;
};

/** So much silence, in seconds, is not sent to anybody; and it ends a part, since engines invent words in it. */
const sparedSilenceSeconds = 20;
/** At the edges of a part less is spared: from a second on. */
const edgeSilenceSeconds = 1;
/** What stays of a spared silence on either side, in seconds: words begin before they are loud. */
const marginSeconds = 0.3;
/** A part is cut in its last seconds, if there is a pause in them; at most this share of it. */
const searchSeconds = 30;
const searchShare = 0.4;
/** A pause between words, in seconds. The closure of a consonant is shorter. */
const pauseSeconds = 0.2;
/** Past this length a pause is not better for being longer. */
const fullPauseSeconds = 1;
/** Where there is no pause both parts get so much of the other, in seconds, so that no word is lost: about four words. */
const overlapSeconds = 1.5;

/**
 * Cuts a range of a recording into parts of at most `partSeconds`, in pauses if there are any. Silence at a part's
 * edges and long silence within are left out, so a silent range has no parts. The same input gives the same parts.
 */
export function planParts(loudness: Loudness, range: Range, partSeconds: number): PlannedPart[] {
  const parts: PlannedPart[] = [];
  const silent = silenceFrom(loudness);
  for (const sound of soundingRanges(loudness, range, silent)) {
    let start = sound.start;
    let isCutInSpeech = false;
    while (start < sound.end) {
      const from = isCutInSpeech ? start - overlapSeconds : start;
      const latest = from + partSeconds;
      if (sound.end <= latest) {
        parts.push({ start, end: sound.end, from, to: sound.end });
        break;
      }
      // Two halves hear more of what is around a word than a whole and a tiny rest.
      const target = Math.min(latest, start + (sound.end - start) / 2 + searchSeconds / 2);
      const within = Math.min(searchSeconds, partSeconds * searchShare);
      const search = { start: Math.max(start + partSeconds / 4, target - within), end: target };
      const pause = bestPause(loudness, search);
      const end = pause ?? quietestMoment(loudness, search);
      parts.push({ start, end, from, to: pause ?? end + overlapSeconds });
      isCutInSpeech = pause === null;
      start = end;
    }
  }
  return parts;
}

/** What is left of the planned parts when others have answered for some ranges already. */
export function missingParts(
  loudness: Loudness,
  parts: readonly PlannedPart[],
  answered: readonly Range[],
  partSeconds: number,
): PlannedPart[] {
  return parts.flatMap((part) => {
    const rest = subtract(part, answered);
    const [only] = rest;
    const isWhole = rest.length === 1 && only?.start === part.start && only.end === part.end;
    return isWhole ? [part] : rest.flatMap((range) => planParts(loudness, range, partSeconds));
  });
}

/** Anything shorter is an edge that was rounded, in seconds. */
const sliverSeconds = 0.05;

function subtract(range: Range, others: readonly Range[]): Range[] {
  let rest: Range[] = [{ start: range.start, end: range.end }];
  for (const other of others) {
    rest = rest.flatMap(({ start, end }) =>
      other.end <= start || other.start >= end
        ? [{ start, end }]
        : [
            { start, end: Math.min(end, other.start) },
            { start: Math.max(start, other.end), end },
          ],
    );
  }
  return rest.filter(({ start, end }) => end - start > sliverSeconds);
}

/** The range without the silence at its edges and without long silence. */
function soundingRanges({ levels, stepSeconds }: Loudness, range: Range, silent: number): Range[] {
  const last = Math.min(levels.length, Math.ceil(range.end / stepSeconds));
  const ranges: { start: number; end: number }[] = [];
  for (let step = Math.floor(range.start / stepSeconds); step < last; step += 1) {
    if ((levels[step] ?? 100) >= silent) continue;
    const start = step * stepSeconds;
    const end = start + stepSeconds;
    const current = ranges.at(-1);
    if (current === undefined || start - current.end >= sparedSilenceSeconds) ranges.push({ start, end });
    else current.end = end;
  }
  return ranges.map(({ start, end }, index) => ({
    start:
      index === 0 && start - range.start < edgeSilenceSeconds
        ? range.start
        : Math.max(range.start, start - marginSeconds),
    end:
      index === ranges.length - 1 && range.end - end < edgeSilenceSeconds
        ? range.end
        : Math.min(range.end, end + marginSeconds),
  }));
}

/** The middle of the best pause in a range: long, and rather late than early; null where somebody speaks throughout. */
function bestPause({ levels, stepSeconds }: Loudness, { start, end }: Range): number | null {
  const first = Math.ceil(start / stepSeconds);
  const window = levels.subarray(first, Math.floor(end / stepSeconds));
  const loud = quantile(window, 0.1);
  const quiet = quantile(window, 0.9);
  // Speech and the room around it differ by more; less is one even sound.
  const quietFrom = loud + Math.max(10, (quiet - loud) * 0.65);
  let best: number | null = null;
  let bestScore = 0;
  let length = 0;
  for (let step = 0; step <= window.length; step += 1) {
    if (step < window.length && (window[step] ?? 0) >= quietFrom) {
      length += 1;
      continue;
    }
    const seconds = length * stepSeconds;
    const score = Math.min(seconds, fullPauseSeconds) * (0.5 + step / window.length);
    if (seconds >= pauseSeconds && score > bestScore) {
      best = (first + step - Math.round(length / 2)) * stepSeconds;
      bestScore = score;
    }
    length = 0;
  }
  return best;
}

/**
 * Where a cut with an overlap does least harm: in the middle of the quietest stretch as long as that. In the noise of a
 * room, which has no pauses, that is where nobody speaks.
 */
function quietestMoment({ levels, stepSeconds }: Loudness, { start, end }: Range): number {
  const length = Math.round((2 * overlapSeconds) / stepSeconds);
  const first = Math.ceil(start / stepSeconds);
  const last = Math.floor(end / stepSeconds) - length;
  let sum = 0;
  for (let step = first; step < first + length; step += 1) sum += levels[step] ?? 100;
  let best = last;
  let bestSum = -1;
  for (let step = first; step <= last; step += 1) {
    // Of equal ones the last: longer parts are fewer.
    if (sum >= bestSum) [best, bestSum] = [step, sum];
    sum += (levels[step + length] ?? 100) - (levels[step] ?? 100);
  }
  return best * stepSeconds + overlapSeconds;
}
