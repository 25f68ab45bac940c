import { maxLineLength } from './limits.ts';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Text in which each code unit is one grapheme, so that no segmentation is needed. */
const simple = /^[\x20-\x7e\u060c-\u064a\u066e-\u06d3\u06f0-\u06f9]*$/;

/** The zero-width non-joiner; it belongs to the grapheme before it. */
const halfSpace = '\u200c';

/** Counts the graphemes (user-perceived characters) of a text. */
export function graphemeCount(text: string): number {
  const letters = text.replaceAll(halfSpace, '');
  if (simple.test(letters)) return letters.length;
  let count = 0;
  for (const _ of graphemes.segment(text)) count++;
  return count;
}

/** Splits a word into pieces that fit on a line. */
export function cutWord(word: string): string[] {
  if (word.length <= maxLineLength) return [word];
  const lines = [''];
  let length = 0;
  for (const { segment } of graphemes.segment(word)) {
    if (length === maxLineLength) {
      lines.push('');
      length = 0;
    }
    lines[lines.length - 1] += segment;
    length++;
  }
  return lines;
}
