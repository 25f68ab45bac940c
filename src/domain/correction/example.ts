import { bareWord, splitWords } from '../timed-words.ts';
import type { Segment, Word } from '../transcript.ts';
import { wordKey } from './words.ts';

/** Among so many words from the beginning. */
const looked = 200;

/** A word of a transcript that may well be wrong, to show how it is corrected: the least certain, else the longest. */
export function exampleWord(segments: readonly Segment[]): string {
  const words = segments
    .slice(0, looked)
    .flatMap(({ words, text }): readonly Pick<Word, 'text' | 'probability'>[] =>
      words.length > 0 ? words : splitWords(text).map((word) => ({ text: word, probability: null })),
    );
  const candidates = words
    .slice(0, looked)
    .map(({ text, probability }) => ({ text: bareWord(text.trim()), probability }))
    .filter(({ text }) => wordKey(text).length > 2);
  const [best] = candidates.toSorted(
    (a, b) => (a.probability ?? 1) - (b.probability ?? 1) || b.text.length - a.text.length,
  );
  return best?.text ?? '…';
}
