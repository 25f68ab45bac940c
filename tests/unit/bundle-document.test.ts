import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BundledUpload, bundledUpload } from '../../src/domain/bundle-document.ts';

const recordings: fc.Arbitrary<BundledUpload> = fc
  .record({
    seconds: fc.integer({ min: 1, max: 600 }),
    heading: fc.string(),
    language: fc.constantFrom('fa', 'en', null),
    starts: fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 8 }),
  })
  .map(({ seconds, heading, language, starts }) => ({
    heading,
    durationSeconds: seconds,
    engine: 'local',
    transcript: {
      language,
      languageProbability: null,
      segments: starts
        .toSorted((a, b) => a - b)
        .map((share) => {
          const start = (seconds * share) / 100;
          return {
            start,
            end: start,
            text: `${share}`,
            words: [{ text: `${share}`, start, end: start, probability: null }],
            averageLogProbability: null,
            noSpeechProbability: null,
            compressionRatio: null,
          };
        }),
    },
  }));

test('property: a bundle keeps every word, and its times increase from upload to upload', () => {
  fc.assert(
    fc.property(fc.array(recordings, { maxLength: 8 }), (several) => {
      const one = bundledUpload(several);
      const { segments } = one.transcript;
      expect(segments.map(({ text }) => text)).toEqual(
        several.flatMap(({ transcript }) => transcript.segments.map(({ text }) => text)),
      );
      expect(segments.map(({ start }) => start)).toEqual(
        segments.map(({ start }) => start).toSorted((a, b) => a - b),
      );
      expect(segments.map(({ words }) => words[0]?.start)).toEqual(segments.map(({ start }) => start));
      expect(one.durationSeconds).toBe(
        several.reduce(
          (sum, { durationSeconds }) => sum + durationSeconds + 2,
          several.length === 0 ? 0 : -2,
        ),
      );
    }),
  );
});
