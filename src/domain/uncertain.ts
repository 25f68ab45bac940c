import type { Mark } from './answer-text.ts';
import { type DocumentParagraph, type DocumentWord, paragraphText } from './document.ts';
import { paragraphWords } from './placed-words.ts';

/**
 * Below this probability a word is worth a second look: of Whisper's wrong words two thirds are below it, of the right
 * ones one in sixteen (docs/corrections.md has the measurement).
 */
const doubtful = 0.5;
/** Where most words are doubtful marking them says nothing: the least certain fifth is marked. */
const mostShare = 0.2;

/** True for a word that the engine was unsure of. */
export function isDoubtful(
  { probability }: Pick<DocumentWord, 'probability'>,
  below: number = doubtful,
): boolean {
  return probability !== null && probability < below;
}

/** Words below this probability are marked in these paragraphs. */
export function doubtLimit(paragraphs: Iterable<DocumentParagraph>): number {
  const known: number[] = [];
  let words = 0;
  for (const { segments } of paragraphs) {
    for (const segment of segments) {
      for (const { probability } of segment.words) {
        words += 1;
        if (probability !== null && probability < doubtful) known.push(probability);
      }
    }
  }
  const most = Math.ceil(words * mostShare);
  return known.length <= most ? doubtful : (known.toSorted((a, b) => a - b)[most] ?? doubtful);
}

/** Where the doubtful words of a paragraph stand in its running text. */
export function doubtfulRanges(
  paragraph: DocumentParagraph,
  below: number = doubtful,
): { from: number; to: number }[] {
  return paragraphWords(paragraph)
    .filter((word) => isDoubtful(word, below))
    .map(({ from, to }) => ({ from, to }));
}

/** Paragraphs as one text, and where its doubtful words stand in it. */
export function withDoubtMarked(paragraphs: readonly DocumentParagraph[]): { text: string; marks: Mark[] } {
  const limit = doubtLimit(paragraphs);
  const marks: Mark[] = [];
  let text = '';
  for (const paragraph of paragraphs) {
    if (text !== '') text += betweenParagraphs;
    const start = text.length;
    for (const { from, to } of doubtfulRanges(paragraph, limit)) {
      marks.push({ from: start + from, to: start + to });
    }
    text += paragraphText(paragraph);
  }
  return { text, marks };
}

const betweenParagraphs = '\n\n';

/** A word that the engine was unsure of, with what was said around it. Times are seconds. */
export type UncertainWord = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
};

/** Words that are shown on each side. */
const wordsAround = 3;

/** The words that the engine was unsure of, in the order of time. */
export function uncertainWords(paragraphs: readonly DocumentParagraph[]): UncertainWord[] {
  const limit = doubtLimit(paragraphs);
  return paragraphs.flatMap((paragraph) => {
    const words = paragraphWords(paragraph);
    const text = paragraphText(paragraph);
    const between = (first: number, last: number) => text.slice(words[first]?.from, words[last]?.to);
    return words.flatMap((word, place) =>
      isDoubtful(word, limit)
        ? [
            {
              text: word.text,
              start: word.start,
              end: word.end,
              before: place === 0 ? '' : between(Math.max(0, place - wordsAround), place - 1),
              after: between(place + 1, Math.min(words.length - 1, place + wordsAround)),
            },
          ]
        : [],
    );
  });
}
