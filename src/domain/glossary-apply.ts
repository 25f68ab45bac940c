import { type Correction, stretchesOf } from './correction/correct.ts';
import { replaceWords } from './correction/replace.ts';
import { concatenateKeys, keysOf, type PlacedKey, placedKeys, type Replacement } from './correction/words.ts';
import type { GlossaryEntry } from './glossary.ts';
import { bareWord } from './timed-words.ts';
import type { Segment } from './transcript.ts';

/**
 * Replaces misspellings of engines with the user's own spellings; whole words only. A changed segment keeps
 * its original text (`beforeGlossary`). Nothing is replaced twice, so one spelling cannot lead to the next.
 * @param isCommon returns true for a text of common words only; such a text is never replaced, because it is right in most
 * places
 */
export function applyGlossary(
  segments: readonly Segment[],
  entries: readonly GlossaryEntry[],
  isCommon: (text: string) => boolean,
): Segment[] {
  const words = placedKeys(segments);
  const found = findings(words, entries, isCommon).filter(({ from, to, right }) => {
    const shown = words.slice(from, to).map(({ text }) => bareWord(text));
    return shown.join(' ') !== right;
  });
  const foundIn = Map.groupBy(found, ({ from }) => words[from]?.segment);
  const replaced = replaceWords(segments, words, found);
  return replaced.map((segment, place) => {
    const before = segments[place];
    if (before === undefined || segment === before) return segment;
    const made = (foundIn.get(place) ?? []).map(({ wrong, right }) => ({ wrong, right }));
    return { ...segment, beforeGlossary: { text: before.text, words: before.words, replaced: made } };
  });
}

type Finding = Replacement & Correction;

/** Returns the places to replace. Where places overlap, the longer one wins. */
function findings(
  words: readonly PlacedKey[],
  entries: readonly GlossaryEntry[],
  isCommon: (text: string) => boolean,
): Finding[] {
  const places = new Map<string, number[]>();
  for (const [place, { key }] of words.entries()) {
    const same = places.get(key);
    if (same === undefined) places.set(key, [place]);
    else same.push(place);
  }
  const all = entries
    .flatMap(({ spelling, misspellings }) =>
      [...misspellings, spelling].map((wrong) => ({ wrong, right: spelling })),
    )
    .flatMap((pair) => {
      const stretches = stretchesOf(words, pair.wrong, beginnings(places, pair.wrong));
      if (stretches.length === 0 || isCommon(pair.wrong)) return [];
      return stretches.map((stretch) => ({ ...stretch, ...pair }));
    })
    .toSorted((a, b) => b.to - b.from - (a.to - a.from) || rank(a) - rank(b));
  const taken = new Set<number>();
  const free = all.filter(({ from, to }) => {
    for (let at = from; at < to; at += 1) if (taken.has(at)) return false;
    for (let at = from; at < to; at += 1) taken.add(at);
    return true;
  });
  return free.toSorted((a, b) => a.from - b.from);
}

/** Ranks misspellings before spellings that differ only in case. */
function rank({ wrong, right }: Finding): number {
  return wrong === right ? 1 : 0;
}

/** Returns where a match can begin: at words with which the sought text begins. Most entries have no such place. */
function beginnings(places: ReadonlyMap<string, readonly number[]>, sought: string): number[] {
  const target = concatenateKeys(keysOf(sought));
  const found: number[] = [];
  for (let end = 1; end <= target.length; end += 1)
    for (const place of places.get(target.slice(0, end)) ?? []) found.push(place);
  return found.toSorted((a, b) => a - b);
}
