import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerTexts } from '../../src/domain/answer-text.ts';
import { isLowConfidence, lowConfidenceWords, markLowConfidence } from '../../src/domain/low-confidence.ts';
import { documentParagraphs } from '../../src/domain/paragraphs.ts';
import type { Segment } from '../../src/domain/transcript.ts';
import { correctAt } from '../../src/features/corrections/at-moment.ts';
import { segmentsOf, textOf } from '../support/segments.ts';

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
  return segmentsOf(...texts).map((segment) => ({
    ...segment,
    words: segment.words.map((word) => ({ ...word, probability: probabilities[at++] ?? null })),
  }));
}
/** Mostly words of high confidence, as in real speech. */
const probabilities = fc.array(
  fc
    .oneof(
      { weight: 4, arbitrary: fc.integer({ min: 50, max: 100 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 49 }) },
    )
    .map((percent) => percent / 100),
  { minLength: 1, maxLength: 80 },
);

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

test('a word has low confidence below 0.5', () => {
  expect([0, 0.49, 0.5, null].map((probability) => isLowConfidence({ probability }))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([0.29, 0.3].map((probability) => isLowConfidence({ probability }, 0.3))).toEqual([true, false]);
});

test('a word with low confidence is shown between the three words before it and after it', () => {
  const good = new Array(10).fill(0.9);
  const at = (...places: number[]) =>
    lowConfidenceWords(
      documentParagraphs(withProbabilities(good.map((one, at) => (places.includes(at) ? 0.1 : one)))),
    ).map(({ before, text, after }) =>
      [before, text, after].map((words) => words.replaceAll(/word|😀/g, '')),
    );
  expect(at(5)).toEqual([['2 3 4', '5', '6 7 8']]);
  expect(at(1)).toEqual([['0', '1', '2 3 4']]);
  expect(at(0, 9)).toEqual([
    ['', '0', '1 2 3'],
    ['6 7 8', '9', ''],
  ]);
});

test('marks stand under their words in paragraphs with an empty line between them', () => {
  const [first, second] = withProbabilities(new Array(20).fill(0.9).with(1, 0.2).with(10, 0.3));
  const paragraphs = documentParagraphs(
    [first, second].map((one, index) => ({ ...one, speaker: `${index}` }) as Segment),
  );
  const { text, marks } = markLowConfidence(paragraphs);
  expect(text).toBe(`${first?.text}\n\n${second?.text}`);
  expect(marks.map(({ from, to }) => text.slice(from, to))).toEqual(['word1😀', 'word10😀']);
});

test('where more than a fifth of the words has low confidence, the least certain are marked', () => {
  const marked = (...low: number[]) =>
    lowConfidenceWords(
      documentParagraphs(withProbabilities([...low, ...new Array(10 - low.length).fill(0.9)])),
    ).map(({ text }) => text.replaceAll(/word|😀/g, ''));
  expect(marked(0.4, 0.1)).toEqual(['0', '1']);
  expect(marked(0.3, 0.1, 0.2)).toEqual(['1', '2']);
  // Of words that are equally uncertain, none is marked.
  expect(marked(0.1, 0.1, 0.1)).toEqual([]);
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
  const segments = segmentsOf('the cat and the cat');
  const second = segments[0]?.words.at(-1) ?? { start: 0, end: 0 };
  const corrected = correctAt(segments, second, 'bat');
  expect(typeof corrected === 'string' ? corrected : textOf(corrected.segments)).toBe('the cat and the bat');
  expect(correctAt(segments, second, 'cat')).toBe('same');
  expect(correctAt(segments, { start: 50, end: 51 }, 'bat')).toBe('unclear');
  expect(correctAt(segments, second, 'this is not the word but a remark')).toBe('unclear');
});

test('a common word counts as uncertain only at half the probability, and at less in the first place of a segment', () => {
  const judged = (text: string, probability: number, isFirst = false) =>
    isLowConfidence({ text, probability, isFirst });
  expect([judged('The', 0.3), judged('که', 0.3), judged('don’t', 0.3)]).toEqual([false, false, false]);
  expect([judged('the', 0.24), judged('که', 0.24), judged('the', 0.24, true)]).toEqual([true, true, false]);
  expect(judged('the', 0.14, true)).toBe(true);
  expect([judged('Shirazi', 0.3), judged('شیرازی', 0.49, true)]).toEqual([true, true]);
});

test('the list of uncertain words leaves out common words that were probably right', () => {
  const [said] = segmentsOf('and then we met Shirazi in the garden of the old house today again');
  const low = new Map([
    ['and', 0.2],
    ['we', 0.4],
    ['Shirazi', 0.4],
  ]);
  const segment = {
    ...said,
    words: said?.words.map((word) => ({ ...word, probability: low.get(word.text) ?? 0.9 })),
  } as Segment;
  expect(lowConfidenceWords(documentParagraphs([segment])).map(({ text }) => text)).toEqual(['Shirazi']);
});
