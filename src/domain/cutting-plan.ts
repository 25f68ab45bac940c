import { type Loudness, quantile, type Range, silenceFrom } from './loudness.ts';

/** A planned chunk of audio. Times are in seconds from the start of the audio. */
export type PlannedChunk = {
  /**
   * The range that the chunk stands for. Chunks follow each other without gaps, except for silence that is left out.
   */
  readonly start: number;
  readonly end: number;
  /** The range that the engine gets: longer than `start` to `end` at an edge that had to be cut within speech. */
  readonly from: number;
  readonly to: number;
};

/** Shortest silence that is left out and ends a chunk, in seconds: engines hallucinate words in long silence. */
const minDroppedSilenceSeconds = 20;
/** Shortest silence that is left out at the edges of a range, in seconds. */
const edgeSilenceSeconds = 1;
/** Silence that is kept on either side of a silence that is left out, in seconds: words begin before they are loud. */
const marginSeconds = 0.3;
/** Window at the end of a chunk in which a pause is sought, in seconds; at most the given share of the chunk. */
const searchSeconds = 30;
const searchShare = 0.4;
/** Shortest pause between words, in seconds. The closure of a consonant is shorter. */
const pauseSeconds = 0.2;
/** Length from which on a longer pause is no better place to cut, in seconds. */
const fullPauseSeconds = 1;
/**
 * Audio that each of two chunks has on the other side of a cut without a pause, in seconds, so that no word is lost:
 * about four words. The overlap is twice this.
 */
const overlapSeconds = 1.5;

/**
 * Cuts a range of audio into chunks of at most `maxChunkSeconds`, at pauses where there are any. Silence at the edges
 * of the range and long silence within it are left out, so a silent range has no chunks. The same input gives the same
 * chunks.
 */
export function planChunks(loudness: Loudness, range: Range, maxChunkSeconds: number): PlannedChunk[] {
  const chunks: PlannedChunk[] = [];
  const silent = silenceFrom(loudness);
  for (const sound of soundingRanges(loudness, range, silent)) {
    let start = sound.start;
    let isCutInSpeech = false;
    while (start < sound.end) {
      const from = isCutInSpeech ? start - overlapSeconds : start;
      const latest = from + maxChunkSeconds;
      if (sound.end <= latest) {
        chunks.push({ start, end: sound.end, from, to: sound.end });
        break;
      }
      // Two halves give an engine more context around each word than one full chunk and a tiny rest.
      const target = Math.min(latest, start + (sound.end - start) / 2 + searchSeconds / 2);
      const within = Math.min(searchSeconds, maxChunkSeconds * searchShare);
      const search = { start: Math.max(start + maxChunkSeconds / 4, target - within), end: target };
      const pause = bestPause(loudness, search);
      const end = pause ?? quietestMoment(loudness, search);
      chunks.push({ start, end, from, to: pause ?? end + overlapSeconds });
      isCutInSpeech = pause === null;
      start = end;
    }
  }
  return chunks;
}

/** Returns the planned chunks without the ranges that have already been transcribed. */
export function missingChunks(
  loudness: Loudness,
  chunks: readonly PlannedChunk[],
  transcribed: readonly Range[],
  maxChunkSeconds: number,
): PlannedChunk[] {
  return chunks.flatMap((chunk) => {
    const rest = subtract(chunk, transcribed);
    const [only] = rest;
    const isWhole = rest.length === 1 && only?.start === chunk.start && only.end === chunk.end;
    return isWhole ? [chunk] : rest.flatMap((range) => planChunks(loudness, range, maxChunkSeconds));
  });
}

/** Longest rest that counts as a rounding error, in seconds. */
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

/** Returns the ranges with sound within a range: without silence at its edges and without long silence. */
function soundingRanges({ levels, stepSeconds }: Loudness, range: Range, silent: number): Range[] {
  const last = Math.min(levels.length, Math.ceil(range.end / stepSeconds));
  const ranges: { start: number; end: number }[] = [];
  for (let step = Math.floor(range.start / stepSeconds); step < last; step += 1) {
    if ((levels[step] ?? 100) >= silent) continue;
    const start = step * stepSeconds;
    const end = start + stepSeconds;
    const current = ranges.at(-1);
    if (current === undefined || start - current.end >= minDroppedSilenceSeconds) ranges.push({ start, end });
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

/** Returns the middle of the best pause in a range, preferring long and late ones; null where speech does not pause. */
function bestPause({ levels, stepSeconds }: Loudness, { start, end }: Range): number | null {
  const first = Math.ceil(start / stepSeconds);
  const window = levels.subarray(first, Math.floor(end / stepSeconds));
  const loud = quantile(window, 0.1);
  const quiet = quantile(window, 0.9);
  // Speech and room noise differ by at least 10 dB; a smaller difference is one even sound.
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
 * Returns the best place for a cut with overlap: the middle of the quietest stretch as long as the overlap on both
 * sides. In room noise without pauses this is where nobody speaks.
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
    // Of equal places the last is taken: longer chunks mean fewer of them.
    if (sum >= bestSum) [best, bestSum] = [step, sum];
    sum += (levels[step + length] ?? 100) - (levels[step] ?? 100);
  }
  return best * stepSeconds + overlapSeconds;
}
