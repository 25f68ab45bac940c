import { wordKey } from '../../domain/correction/words.ts';
import { bareWord, splitWords } from '../../domain/timed-words.ts';
import type { Segment, Word } from '../../domain/transcript.ts';

/** Number of words at the beginning that are considered. */
const looked = 200;

/**
 * Returns a word that may be wrong, as an example of a correction: the one with the lowest confidence, else the
 * longest.
 */
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
  // Short words are the common ones: nobody wants to correct "the".
  const longer = candidates.filter(({ text }) => wordKey(text).length > 3);
  const [best] = (longer.length > 0 ? longer : candidates).toSorted(
    (a, b) => (a.probability ?? 1) - (b.probability ?? 1) || b.text.length - a.text.length,
  );
  return best?.text ?? '…';
}
