import type { DocumentParagraph, DocumentSegment, DocumentWord } from './document.ts';
import { timedWords } from './timed-words.ts';

/** A word with its range in the segment's text (UTF-16 units), its times and its probability. */
export type PlacedWord = DocumentWord & {
  readonly from: number;
  readonly to: number;
  /** True for the first word of a segment. */
  readonly isFirst: boolean;
};

/**
 * Returns a segment's words with their ranges in its text. Without word times the segment's time is distributed over
 * them.
 */
export function placedWords(segment: DocumentSegment): PlacedWord[] {
  const words = segment.words.length > 0 ? segment.words : timedWords(segment.text, segment);
  const placed: PlacedWord[] = [];
  let at = 0;
  for (const word of words) {
    const from = word.text === '' ? -1 : segment.text.indexOf(word.text, at);
    if (from < 0) continue;
    at = from + word.text.length;
    placed.push({ ...word, from, to: at, isFirst: placed.length === 0 });
  }
  return placed;
}

/** Returns a paragraph's words with their ranges in its running text. */
export function paragraphWords({ segments }: DocumentParagraph): PlacedWord[] {
  const words: PlacedWord[] = [];
  let offset = 0;
  for (const segment of segments) {
    for (const word of placedWords(segment)) {
      words.push({ ...word, from: offset + word.from, to: offset + word.to });
    }
    offset += segment.text.length + 1;
  }
  return words;
}
