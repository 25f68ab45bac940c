import type { Mark } from './answer-text.ts';
import { isolateName } from './bidi-controls.ts';
import { isVeryCommon } from './common-words.ts';
import { type DocumentParagraph, type DocumentWord, paragraphText } from './document.ts';
import { type PlacedWord, paragraphWords } from './placed-words.ts';

/**
 * Probability below which a word has low confidence: two thirds of Whisper's wrong words are below it, and one in
 * sixteen of the right ones (docs/corrections.md has the measurement).
 */
const usualLimit = 0.5;
/** Maximum share of words that are marked. Where more have low confidence, only the least certain fifth is marked. */
const maxMarkedShare = 0.2;

/**
 * Share of the limit that counts for the most common words, and for one of them at the beginning of a segment. Engines
 * choose between "and", "so" and "the" there and are seldom sure, although the word is right.
 */
const shareOfCommon = 0.5;
const shareOfCommonFirst = 0.3;

type JudgedWord = Pick<DocumentWord, 'probability'> & { readonly text?: string; readonly isFirst?: boolean };

/** Returns true for a word with low confidence. */
export function isLowConfidence(word: JudgedWord, below: number = usualLimit): boolean {
  const confidence = confidenceIn(word);
  return confidence !== null && confidence < below;
}

/** Returns a word's probability; that of a common word, which is seldom wrong, is raised. */
function confidenceIn({ text = '', probability, isFirst = false }: JudgedWord): number | null {
  if (probability === null || probability >= usualLimit || !isVeryCommon(text)) return probability;
  return probability / (isFirst ? shareOfCommonFirst : shareOfCommon);
}

/** Returns the probability below which words are marked in these paragraphs. */
export function lowConfidenceLimit(paragraphs: Iterable<DocumentParagraph>): number {
  const known: number[] = [];
  let words = 0;
  for (const { segments } of paragraphs) {
    for (const segment of segments) {
      for (const [index, word] of segment.words.entries()) {
        words += 1;
        const confidence = confidenceIn({ ...word, isFirst: index === 0 });
        if (confidence !== null && confidence < usualLimit) known.push(confidence);
      }
    }
  }
  const max = Math.ceil(words * maxMarkedShare);
  return known.toSorted((a, b) => a - b)[max] ?? usualLimit;
}

/** Returns the ranges of the low-confidence words in a paragraph's running text. */
export function lowConfidenceRanges(
  paragraph: DocumentParagraph,
  below: number = usualLimit,
): { from: number; to: number }[] {
  return paragraphWords(paragraph)
    .filter((word) => isLowConfidence(word, below))
    .map(({ from, to }) => ({ from, to }));
}

/**
 * Returns paragraphs as one text, with the ranges of its low-confidence words.
 * @param headings `by speaker`: the name of the speaker stands before what they say, where the speaker changes
 */
export function markLowConfidence(
  paragraphs: readonly DocumentParagraph[],
  headings: 'by speaker' | 'none' = 'none',
): { text: string; marks: Mark[] } {
  const limit = lowConfidenceLimit(paragraphs);
  const marks: Mark[] = [];
  let text = '';
  let previous: string | null = null;
  for (const paragraph of paragraphs) {
    if (text !== '') text += betweenParagraphs;
    const { speaker } = paragraph;
    if (headings === 'by speaker' && speaker !== null && speaker !== previous)
      text += `${isolateName(speaker)}: `;
    previous = speaker;
    const start = text.length;
    for (const { from, to } of lowConfidenceRanges(paragraph, limit)) {
      marks.push({ from: start + from, to: start + to });
    }
    text += paragraphText(paragraph);
  }
  return { text, marks };
}

const betweenParagraphs = '\n\n';

/** A word with low confidence, with the words around it. Times are in seconds. */
export type LowConfidenceWord = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
};

/** Number of words shown on each side. */
const wordsAround = 3;

/** Returns the words with low confidence, in the order of time. */
export function lowConfidenceWords(paragraphs: readonly DocumentParagraph[]): LowConfidenceWord[] {
  const limit = lowConfidenceLimit(paragraphs);
  return paragraphs.flatMap((paragraph) => {
    const words = paragraphWords(paragraph);
    const text = paragraphText(paragraph);
    const textOf = (some: readonly PlacedWord[]) => text.slice(some[0]?.from ?? 0, some.at(-1)?.to ?? 0);
    return words.flatMap((word, place) =>
      isLowConfidence(word, limit)
        ? [
            {
              text: word.text,
              start: word.start,
              end: word.end,
              before: textOf(words.slice(Math.max(0, place - wordsAround), place)),
              after: textOf(words.slice(place + 1, place + 1 + wordsAround)),
            },
          ]
        : [],
    );
  });
}
