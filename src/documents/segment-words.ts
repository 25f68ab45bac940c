import type { DocumentParagraph, DocumentSegment, DocumentWord } from '../domain/document.ts';
import { timedWords } from '../domain/timed-words.ts';

/** A word, where it stands in its segment's text (UTF-16 units), and what it was said with. */
export type PlacedWord = DocumentWord & { readonly from: number; readonly to: number };

/** A segment's words where they stand in its text; without word times the segment's time is shared out. */
export function placedWords(segment: DocumentSegment): PlacedWord[] {
  const words = segment.words.length > 0 ? segment.words : timedWords(segment.text, segment);
  const placed: PlacedWord[] = [];
  let at = 0;
  for (const word of words) {
    const from = word.text === '' ? -1 : segment.text.indexOf(word.text, at);
    if (from < 0) continue;
    at = from + word.text.length;
    placed.push({ ...word, from, to: at });
  }
  return placed;
}

/** Below this probability a word is worth a second look. Whisper's wrong words are mostly below it, the right above. */
const doubt = 0.5;

/** True for a word that the engine was unsure of. */
export function isDoubtful({ probability }: Pick<DocumentWord, 'probability'>): boolean {
  return probability !== null && probability < doubt;
}

/** Where the doubtful words of a paragraph stand in its running text. */
export function doubtfulRanges({ segments }: DocumentParagraph): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  let offset = 0;
  for (const segment of segments) {
    for (const word of placedWords(segment)) {
      if (isDoubtful(word)) ranges.push({ from: offset + word.from, to: offset + word.to });
    }
    offset += segment.text.length + 1;
  }
  return ranges;
}
