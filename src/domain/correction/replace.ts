import { timedWords } from '../timed-words.ts';
import type { Segment, Word } from '../transcript.ts';
import type { PlacedKey, Replacement } from './words.ts';

/** A range of words in a segment and the new text; an empty text deletes them. */
type Edit = { readonly from: number; readonly to: number; readonly text: string };

const before = /^\p{P}*/u;
// The look-behind keeps it linear: a run of punctuation is tried once, not from each of its characters.
const after = /(?<!\p{P})\p{P}*$/u;

/**
 * Replaces words in a transcript. Punctuation around a replaced stretch stays; its time is distributed over the new
 * words by their letters. A replacement across segments is written into the first one.
 * @param words of these segments
 * @param replacements without overlaps
 */
export function replaceWords(
  segments: readonly Segment[],
  words: readonly PlacedKey[],
  replacements: readonly Replacement[],
): Segment[] {
  const edits = new Map<number, Edit[]>();
  for (const { from, to, right } of replacements) {
    const [first, last] = [words[from], words[to - 1]];
    if (first === undefined || last === undefined) continue;
    let text = withPunctuation(first.text, right, last.text);
    for (let at = from; at < to; ) {
      const begin = words[at];
      if (begin === undefined) break;
      let end = begin;
      for (; at < to && words[at]?.segment === begin.segment; at += 1) end = words[at] ?? end;
      const edit = { from: begin.word, to: end.word + 1, text };
      text = '';
      const others = edits.get(begin.segment);
      if (others === undefined) edits.set(begin.segment, [edit]);
      else others.push(edit);
    }
  }
  return segments.map((segment, place) => edited(segment, edits.get(place) ?? []));
}

/** Keeps the punctuation before the first word and after the last, unless the new text brings its own. */
function withPunctuation(first: string, right: string, last: string): string {
  const opening = before.exec(first)?.[0] ?? '';
  const closing = after.exec(last)?.[0] ?? '';
  if (opening === '' && closing === '') return right;
  const starts = before.exec(right)?.[0] !== '';
  const ends = after.exec(right)?.[0] !== '';
  return `${starts ? '' : opening}${right}${ends ? '' : closing}`;
}

function edited(segment: Segment, edits: readonly Edit[]): Segment {
  if (edits.length === 0) return segment;
  const said = timedWords(segment.text, segment);
  const words: Word[] = [];
  let text = '';
  let taken = 0;
  let at = 0;
  /** Copies what stays unchanged, up to a word. */
  const keepUpTo = (word: number) => {
    const kept = said.slice(at, word);
    const end = kept.reduce((end, { text }) => segment.text.indexOf(text, end) + text.length, taken);
    text += segment.text.slice(taken, end);
    words.push(...kept);
    taken = end;
    at = word;
  };
  for (const edit of edits.toSorted((a, b) => a.from - b.from)) {
    keepUpTo(edit.from);
    const old = said.slice(edit.from, edit.to);
    const end = old.reduce((end, { text }) => segment.text.indexOf(text, end) + text.length, taken);
    const space = /^\s*/u.exec(segment.text.slice(taken, end))?.[0] ?? '';
    text += edit.text === '' ? '' : space + edit.text;
    const time = { start: old[0]?.start ?? segment.start, end: old.at(-1)?.end ?? segment.end, words: [] };
    words.push(...timedWords(edit.text, time));
    taken = end;
    at = edit.to;
  }
  keepUpTo(said.length);
  // A user who corrects a segment has seen what the glossary changed in it.
  const { beforeGlossary: _, ...rest } = segment;
  return { ...rest, text: text.trim(), words: segment.words.length === 0 ? [] : words };
}
