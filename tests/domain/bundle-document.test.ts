import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BundledUpload, bundledUpload, textWithHeadings } from '../../src/domain/bundle-document.ts';

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

/** Returns an upload of one segment, from its second 1 to its second 3. */
const upload = (
  heading: string,
  seconds: number,
  language: string | null,
  engine: BundledUpload['engine'],
  speaker?: string,
): BundledUpload => ({
  heading,
  durationSeconds: seconds,
  engine,
  transcript: {
    language,
    languageProbability: null,
    segments: [
      {
        start: 1,
        end: 3,
        text: 'a b',
        words: [{ text: 'b', start: 2, end: 3, probability: null }],
        averageLogProbability: null,
        noSpeechProbability: null,
        compressionRatio: null,
        ...(speaker !== undefined && { speaker }),
      },
    ],
  },
});

test('a bundle names who sent what, and the engine of each upload that another engine transcribed', () => {
  const { engine, transcript } = bundledUpload([
    upload('Sara', 10, 'fa', 'vira'),
    upload('Ali', 10, 'fa', 'local', 'Speaker 1'),
  ]);
  expect(engine).toBe('vira');
  expect(transcript.segments).toMatchObject([
    { start: 1, end: 3, speaker: 'Sara', words: [{ start: 2, end: 3 }] },
    { start: 13, end: 15, speaker: 'Ali – Speaker 1', engine: 'local', words: [{ start: 14, end: 15 }] },
  ]);
  expect(transcript.segments[0]).not.toHaveProperty('engine');
});

test('the language of a bundle is the one with the most seconds', () => {
  const languageOf = (...uploads: [number, string | null][]) =>
    bundledUpload(uploads.map(([seconds, language]) => upload('x', seconds, language, 'local'))).transcript
      .language;
  expect(languageOf([10, 'fa'], [30, 'en'], [25, 'fa'])).toBe('fa');
  expect(languageOf([10, 'fa'], [30, 'en'])).toBe('en');
  expect(languageOf([100, null], [1, 'en'])).toBe('en');
  expect(languageOf([100, null])).toBeNull();
  expect(bundledUpload([])).toEqual({
    engine: 'local',
    durationSeconds: 0,
    transcript: { language: null, languageProbability: null, segments: [] },
  });
});

test('a text with headings has one at every change of speaker', () => {
  const paragraph = (speaker: string | null, text: string) => ({
    speaker,
    segments: [{ start: 0, end: 1, text, original: text, words: [] }],
  });
  expect(
    textWithHeadings([
      paragraph(null, 'a'),
      paragraph('Sara', 'b'),
      paragraph('Sara', 'c'),
      paragraph('Ali', 'd'),
      paragraph(null, 'e'),
      paragraph('Ali', 'f'),
    ]),
  ).toBe('a\n\nSara\nb\n\nc\n\nAli\nd\n\ne\n\nAli\nf');
});
