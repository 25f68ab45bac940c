import { type Corrected, changedPlaces } from './correction/correct.ts';
import type { Segment } from './transcript.ts';

/**
 * Returns what the glossary replaced in a transcript and nobody changed since: each pair once, with its number of
 * places.
 */
export function glossaryReplacements(segments: readonly Segment[]): Corrected['done'] {
  const pairs = segments.flatMap(({ beforeGlossary }) => beforeGlossary?.replaced ?? []);
  const counted = new Map<string, Corrected['done'][number]>();
  for (const { wrong, right } of pairs) {
    const key = JSON.stringify([wrong, right]);
    counted.set(key, { wrong, right, places: (counted.get(key)?.places ?? 0) + 1 });
  }
  return [...counted.values()];
}

/** Restores the transcript as the engine wrote it, without the glossary's replacements. */
export function withoutGlossary(segments: readonly Segment[]): Corrected {
  const restored = segments.map((segment) => {
    const { beforeGlossary, ...rest } = segment;
    return beforeGlossary === undefined
      ? segment
      : { ...rest, text: beforeGlossary.text, words: beforeGlossary.words };
  });
  const done = glossaryReplacements(segments).map(({ wrong, right, places }) => ({
    wrong: right,
    right: wrong,
    places,
  }));
  return { segments: restored, changed: changedPlaces(segments, restored), done };
}
