import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerTexts } from '../../src/domain/answer-text.ts';
import { lowConfidenceWords, markLowConfidence } from '../../src/domain/low-confidence.ts';
import { documentParagraphs } from '../../src/domain/paragraphs.ts';
import type { Segment } from '../../src/domain/transcript.ts';
import { correctAt } from '../../src/features/corrections/at-moment.ts';
import { heard, textOf } from './heard.ts';

/** Returns words with these probabilities, ten in each segment. */
function withProbabilities(probabilities: readonly number[]): Segment[] {
  const texts = [];
  for (let at = 0; at < probabilities.length; at += 10) {
    texts.push(
      probabilities
        .slice(at, at + 10)
        .map((_, index) => `word${at + index}😀`)
        .join(' '),
    );
  }
  let at = 0;
  return heard(...texts).map((segment) => ({
    ...segment,
    words: segment.words.map((word) => ({ ...word, probability: probabilities[at++] ?? null })),
  }));
}
const probabilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 80 });

test('at most a fifth of the words is marked, those of lowest confidence first', () => {
  fc.assert(
    fc.property(probabilities, (all) => {
      const marked = lowConfidenceWords(documentParagraphs(withProbabilities(all))).length;
      const lowConfidence = all.filter((probability) => probability < 0.5).length;
      expect(marked).toBeLessThanOrEqual(Math.ceil(all.length / 5));
      if (lowConfidence <= Math.ceil(all.length / 5)) expect(marked).toBe(lowConfidence);
    }),
  );
});

test('marks stand under their words in every message of a long text', () => {
  fc.assert(
    fc.property(probabilities, fc.boolean(), (all, hasFiles) => {
      const long = Array.from({ length: 8 }, () => all).flat();
      const paragraphs = documentParagraphs(withProbabilities(long));
      const { text, marks } = markLowConfidence(paragraphs);
      const words = marks.map(({ from, to }) => text.slice(from, to));
      expect(words).toEqual(lowConfidenceWords(paragraphs).map((word) => word.text));
      for (const message of answerTexts(text, hasFiles, marks).messages) {
        for (const { from, to } of message.marks ?? [])
          expect(message.text.slice(from, to)).toMatch(/^word\d+😀$/u);
      }
    }),
  );
});

test('a correction at one moment changes that place only', () => {
  const segments = heard('the cat and the cat');
  const second = segments[0]?.words.at(-1) ?? { start: 0, end: 0 };
  const corrected = correctAt(segments, second, 'bat');
  expect(typeof corrected === 'string' ? corrected : textOf(corrected.segments)).toBe('the cat and the bat');
  expect(correctAt(segments, second, 'cat')).toBe('same');
  expect(correctAt(segments, { start: 50, end: 51 }, 'bat')).toBe('unclear');
  expect(correctAt(segments, second, 'this is not the word but a remark')).toBe('unclear');
});
