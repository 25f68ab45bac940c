import type { Segment } from '../transcript.ts';
import { replaceWords } from './replace.ts';
import { concatenateKeys, keysOf, type PlacedKey, placedKeys, type Stretch } from './words.ts';

/** A wrong text and the right one; both have at least one word. */
export type Correction = { readonly wrong: string; readonly right: string };

/** The places that read like a corrected passage did: its words before, the passage, and the number of places. */
export type RestOfPlaces = Correction & { readonly places: number };

/** A transcript after corrections. */
export type Corrected = {
  readonly segments: readonly Segment[];
  /** Indexes of the changed segments, in order. */
  readonly changed: readonly number[];
  /** Each correction with its number of places. */
  readonly done: readonly (Correction & { readonly places: number })[];
  /** Other places that read the same and were left as they are; absent when there are none. */
  readonly rest?: RestOfPlaces;
};

/** Corrects every place where the wrong words occur, one correction after the other. */
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

/** Returns the indexes of the segments that changed. */
export function changedPlaces(before: readonly Segment[], after: readonly Segment[]): number[] {
  return before.flatMap((segment, place) => (segment === after[place] ? [] : [place]));
}

/**
 * Finds words in a transcript, regardless of case, letter variants and half-spaces; whole words only, without overlaps.
 * @param beginnings places where a match can begin, in order; default: all
 */
export function stretchesOf(
  words: readonly Pick<PlacedKey, 'key'>[],
  sought: string,
  beginnings: Iterable<number> = words.keys(),
): Stretch[] {
  const target = concatenateKeys(keysOf(sought));
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

/** Returns where a match that begins at this place ends; null without a match. */
function endOf(words: readonly Pick<PlacedKey, 'key'>[], from: number, target: string): number | null {
  let read = words[from]?.key ?? '';
  if (read === target) return from + 1;
  if (!target.startsWith(read)) return null;
  for (let to = from + 1; to < words.length; to += 1) {
    read = concatenateKeys([read, words[to]?.key ?? '']);
    if (read === target) return to + 1;
    if (!target.startsWith(read)) return null;
  }
  return null;
}
