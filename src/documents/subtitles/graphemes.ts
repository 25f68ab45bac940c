import { maxLineLength } from './limits.ts';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** The zero-width non-joiner; it belongs to the grapheme before it. */
const halfSpace = 0x200c;

/** Counts the graphemes (user-perceived characters) of a text. */
export function graphemeCount(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (isSimple(unit)) count++;
    else if (unit !== halfSpace && !(count > 0 && isArabicMark(unit))) return segmentCount(text);
  }
  return count;
}

/** Returns true for letters, digits and punctuation of Latin, Arabic and Persian that are one grapheme each. */
function isSimple(unit: number): boolean {
  return (
    (unit >= 0x20 && unit <= 0x7e) ||
    (unit >= 0x60c && unit <= 0x64a && unit !== 0x61c) ||
    (unit >= 0x66e && unit <= 0x6d3 && unit !== 0x670) ||
    (unit >= 0x6f0 && unit <= 0x6f9) ||
    (unit >= 0xc0 && unit <= 0x17f) ||
    unit === 0xab ||
    unit === 0xbb ||
    (unit >= 0x2010 && unit <= 0x2026)
  );
}

/** Returns true for a mark that belongs to the letter before it. */
function isArabicMark(unit: number): boolean {
  return (unit >= 0x64b && unit <= 0x65f) || unit === 0x670;
}

function segmentCount(text: string): number {
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
