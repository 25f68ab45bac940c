import { type Correction, stretchesOf } from './correction/correct.ts';
import { replaceWords } from './correction/replace.ts';
import { joinKeys, keysOf, type PlacedKey, placedKeys, type Replacement } from './correction/words.ts';
import type { GlossaryEntry } from './glossary.ts';
import { splitWords } from './timed-words.ts';
import type { Segment } from './transcript.ts';

/**
 * What was heard, with a person's own spellings in the place of what is known to be misheard; whole words only. A segment
 * that is changed keeps how it was heard (`beforeGlossary`). Nothing is replaced twice, so that spellings do not lead
 * from one to the next.
 */
export function applyGlossary(segments: readonly Segment[], entries: readonly GlossaryEntry[]): Segment[] {
  const words = placedKeys(segments);
  const found = findings(words, entries).filter(({ from, to, right }) => {
    const shown = words.slice(from, to).map((word) => spelt(segments, word));
    return shown.join(' ') !== right;
  });
  const replaced = replaceWords(segments, words, found);
  return replaced.map((segment, place) => {
    const before = segments[place];
    if (before === undefined || segment === before) return segment;
    const made = found
      .filter(({ from }) => words[from]?.segment === place)
      .map(({ wrong, right }) => ({ wrong, right }));
    return { ...segment, beforeGlossary: { text: before.text, words: before.words, replaced: made } };
  });
}

type Finding = Replacement & Correction;

/** Where something misheard stands, longer stretches first where they overlap. */
function findings(words: readonly PlacedKey[], entries: readonly GlossaryEntry[]): Finding[] {
  const keys = new Set(words.map(({ key }) => key));
  const all = entries
    .flatMap(({ spelling, heard }) => [...heard, spelling].map((wrong) => ({ wrong, right: spelling })))
    .filter(({ wrong }) => mayOccur(keys, wrong))
    .flatMap((pair) => stretchesOf(words, pair.wrong).map((stretch) => ({ ...stretch, ...pair })))
    .toSorted((a, b) => b.to - b.from - (a.to - a.from) || rank(a) - rank(b));
  const taken = new Set<number>();
  const free = all.filter(({ from, to }) => {
    for (let at = from; at < to; at += 1) if (taken.has(at)) return false;
    for (let at = from; at < to; at += 1) taken.add(at);
    return true;
  });
  return free.toSorted((a, b) => a.from - b.from);
}

/** What is known to be misheard comes before a spelling that is merely in another case. */
function rank({ wrong, right }: Finding): number {
  return wrong === right ? 1 : 0;
}

/** Most entries do not occur: that is told from the words alone, since a stretch begins with one of them. */
function mayOccur(keys: ReadonlySet<string>, sought: string): boolean {
  const target = joinKeys(keysOf(sought));
  for (let end = 1; end <= target.length; end += 1) if (keys.has(target.slice(0, end))) return true;
  return false;
}

function spelt(segments: readonly Segment[], { segment, word }: PlacedKey): string {
  return (splitWords(segments[segment]?.text ?? '')[word] ?? '').replace(/^\p{P}+|\p{P}+$/gu, '');
}
