import type { Segment, Word } from './transcript.ts';

/** A stretch in which one speaker speaks, in seconds. Turns of two speakers may overlap. */
export type SpeakerTurn = {
  readonly start: number;
  readonly end: number;
  /** Number of the speaker, from 0. */
  readonly speaker: number;
};

/** Share of the best speaker's overlap from which on another speaker is as likely: both speak during the word. */
const asLikely = 0.8;
/** Share of a segment's speech that one speaker must have, where words have no times of their own. */
const clearShare = 0.8;

/** Returns the label of a speaker, in the form that engines use too. */
export function turnLabel(speaker: number): string {
  return `speaker_${speaker}`;
}

/**
 * Gives words to the speakers in whose turns they are said. A segment is cut where the speaker changes. Words in no
 * turn go to the nearest one; where two speakers talk at once, to the speaker of the word before. A segment without
 * word times stays whole, and has a speaker only if one has nearly all of its speech.
 * @param turns ordered by start
 * @returns the same words in the same order; the segments themselves, if there is only one speaker
 */
export function assignSpeakers(segments: readonly Segment[], turns: readonly SpeakerTurn[]): Segment[] {
  if (new Set(turns.map(({ speaker }) => speaker)).size < 2) return [...segments];
  const find = createTurnSearch(turns);
  let previous: number | null = null;
  const speakerOf = (word: Word): number => {
    previous = likeliest(word, find(word.start, word.end), previous);
    return previous;
  };
  return segments.flatMap((segment) => {
    if (segment.words.length > 0) return cutAtSpeakers(segment, segment.words.map(speakerOf));
    const speaker = clearSpeaker(segment, find(segment.start, segment.end));
    return speaker === null ? [segment] : [{ ...segment, speaker: turnLabel(speaker) }];
  });
}

/**
 * Returns a function that finds the turns around a range, and the nearest one where there is none. It looks at few
 * turns, because a long recording has thousands.
 */
function createTurnSearch(turns: readonly SpeakerTurn[]) {
  // The latest end so far rises with the start, so a binary search finds the first turn that may reach a moment.
  let latest = Number.NEGATIVE_INFINITY;
  const latestEnds = turns.map(({ end }) => {
    latest = Math.max(latest, end);
    return latest;
  });
  return (start: number, end: number): readonly SpeakerTurn[] => {
    let [from, to] = [0, turns.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((latestEnds[middle] ?? 0) <= start) from = middle + 1;
      else to = middle;
    }
    const around: SpeakerTurn[] = [];
    let at = from;
    for (; at < turns.length; at++) {
      const turn = turns[at];
      if (turn === undefined || turn.start >= end) break;
      if (turn.end > start) around.push(turn);
    }
    if (around.length > 0) return around;
    return nearest(turns, latestEnds, from, start, end);
  };
}

/** Returns the turn that ends last before the range, or the one that starts first after it. */
function nearest(
  turns: readonly SpeakerTurn[],
  latestEnds: readonly number[],
  next: number,
  start: number,
  end: number,
): readonly SpeakerTurn[] {
  const after = turns[next];
  const reached = latestEnds[next - 1];
  let back = next - 1;
  while (back >= 0 && turns[back]?.end !== reached) back -= 1;
  const before = turns[back];
  if (before === undefined) return after === undefined ? [] : [after];
  if (after === undefined) return [before];
  return start - before.end <= after.start - end ? [before] : [after];
}

function likeliest(word: Word, around: readonly SpeakerTurn[], previous: number | null): number {
  const shares = overlaps(word, around);
  const maxShare = Math.max(...shares.values());
  if (previous !== null && (shares.get(previous) ?? -1) >= maxShare * asLikely) return previous;
  for (const [speaker, share] of shares) if (share === maxShare) return speaker;
  return previous ?? 0;
}

/** Returns each speaker's overlap with a range, in seconds. */
function overlaps(
  range: { readonly start: number; readonly end: number },
  around: readonly SpeakerTurn[],
): Map<number, number> {
  const shares = new Map<number, number>();
  for (const { start, end, speaker } of around) {
    const overlap = Math.max(0, Math.min(range.end, end) - Math.max(range.start, start));
    shares.set(speaker, (shares.get(speaker) ?? 0) + overlap);
  }
  return shares;
}

function clearSpeaker(segment: Segment, around: readonly SpeakerTurn[]): number | null {
  const shares = overlaps(segment, around);
  const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
  for (const [speaker, share] of shares) if (share >= total * clearShare && total > 0) return speaker;
  return null;
}

/** Cuts a segment where the speaker of its words changes. Every character of the text stays, but for spaces at cuts. */
function cutAtSpeakers(segment: Segment, speakers: readonly number[]): Segment[] {
  const starts = wordStarts(segment);
  const pieces: Segment[] = [];
  let first = 0;
  for (let next = 1; next <= speakers.length; next++) {
    if (next < speakers.length && speakers[next] === speakers[first]) continue;
    const words = segment.words.slice(first, next);
    const isWhole = words.length === segment.words.length;
    const text = segment.text.slice(first === 0 ? 0 : starts[first], starts[next]).trim();
    pieces.push({
      ...segment,
      ...(!isWhole && {
        start: words[0]?.start ?? segment.start,
        end: words.at(-1)?.end ?? segment.end,
        text,
      }),
      words,
      speaker: turnLabel(speakers[first] ?? 0),
    });
    first = next;
  }
  return pieces;
}

/** Returns where each word begins in the text. */
function wordStarts({ text, words }: Segment): (number | undefined)[] {
  let at = 0;
  return words.map((word) => {
    const found = text.indexOf(word.text, at);
    if (found < 0) return at;
    at = found + word.text.length;
    return found;
  });
}
