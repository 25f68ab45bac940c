import type { Segment } from '../transcript.ts';
import { replaceWords } from './replace.ts';
import { joinKeys, keysOf, type PlacedKey, placedKeys, type Stretch } from './words.ts';

/** What was heard, and what it should have been; both have at least a word. */
export type Correction = { readonly wrong: string; readonly right: string };

/** A transcript after corrections. */
export type Corrected = {
  readonly segments: readonly Segment[];
  /** The places of the segments that are not as they were, in order. */
  readonly changed: readonly number[];
  /** Each correction with the number of places. */
  readonly done: readonly (Correction & { readonly places: number })[];
};

/** Corrects every place where the words stand, one correction after the other. */
export function correctAll(segments: readonly Segment[], corrections: readonly Correction[]): Corrected {
  let current = segments;
  const known = new Map<string, string>();
  const done = corrections.map((correction) => {
    const words = placedKeys(current, known);
    const places = stretchesOf(words, correction.wrong);
    current = replaceWords(
      current,
      words,
      places.map((place) => ({ ...place, right: correction.right })),
    );
    return { ...correction, places: places.length };
  });
  return { segments: current, changed: changedPlaces(segments, current), done };
}

/** The places of segments that are no longer the same. */
export function changedPlaces(before: readonly Segment[], after: readonly Segment[]): number[] {
  return before.flatMap((segment, place) => (segment === after[place] ? [] : [place]));
}

/**
 * Returns where words stand in a transcript, whole words only, whatever their case, letters and half-spaces; none overlap.
 * @param beginnings the places where that is looked for, in order; all of them when nobody knows better
 */
export function stretchesOf(
  words: readonly PlacedKey[],
  sought: string,
  beginnings: Iterable<number> = words.keys(),
): Stretch[] {
  const target = joinKeys(keysOf(sought));
  if (target === '') return [];
  const found: Stretch[] = [];
  let free = 0;
  for (const from of beginnings) {
    if (from < free) continue;
    const to = endOf(words, from, target);
    if (to === null) continue;
    found.push({ from, to });
    free = to;
  }
  return found;
}

/** Where a stretch ends that begins here and reads so. */
function endOf(words: readonly PlacedKey[], from: number, target: string): number | null {
  let read = '';
  for (let to = from; to < words.length; to += 1) {
    read = joinKeys([read, words[to]?.key ?? '']);
    if (read === target) return to + 1;
    if (!target.startsWith(read)) return null;
  }
  return null;
}
