import { describe, expect, test } from 'vitest';
import { wordsBeside } from '../../src/bot/link-upload.ts';
import { safeFileName } from '../../src/documents/file-name.ts';
import { bundledUpload, textWithHeadings } from '../../src/domain/bundle-document.ts';
import { parseCaption } from '../../src/domain/caption.ts';
import { defaultChoice, writerFor } from '../../src/domain/document-choice.ts';
import { maxEntries } from '../../src/domain/glossary.ts';
import { applyGlossary } from '../../src/domain/glossary-apply.ts';
import { glossaryReplacements, withoutGlossary } from '../../src/domain/glossary-review.ts';
import { flagHallucinations } from '../../src/domain/hallucinations.ts';
import { cleanName, readLink } from '../../src/domain/link.ts';
import { lowConfidenceWords, markLowConfidence } from '../../src/domain/low-confidence.ts';
import { mergeChunks } from '../../src/domain/merge-chunks.ts';
import { documentParagraphs, toParagraphs } from '../../src/domain/paragraphs.ts';
import { splitMessage } from '../../src/domain/split-message.ts';
import { timedWords } from '../../src/domain/timed-words.ts';
import type { Segment } from '../../src/domain/transcript.ts';
import { transcriptText } from '../../src/domain/transcript.ts';
import { exampleWord } from '../../src/features/corrections/example.ts';
import { readCorrections } from '../../src/features/corrections/read-corrections.ts';
import { excerptOf, marksOf } from '../../src/features/history/excerpt.ts';
import { wordsOfQuery } from '../../src/features/history/search-words.ts';
import { stretchMs } from '../support/event-loop.ts';
import { manyWords } from '../support/large-texts.ts';
import { segmentsOf } from '../support/segments.ts';

/** Maximum processor time of one call on the event loop, in ms. */
const maxWaitMs = 100;

const words = 16_600;
const persianWords = [
  'می روم',
  'كتاب',
  'ها',
  '۱۲:۳۰',
  'و',
  'دوست',
  '(داخل)',
  'است',
  'می‌نویسم',
  'تهران',
  'iPhone 15',
];
const persian = Array.from({ length: words / 20 }, (_, at) =>
  Array.from({ length: 20 }, (_, word) => persianWords[(at * 7 + word) % persianWords.length]).join(' '),
);

/** Transcripts of 16,600 words: cut as engines cut them, and in extreme ways. */
const transcripts: Record<string, Segment[]> = {
  'different words': withLowConfidence(segmentsOf(...manyWords(words))),
  'one segment': withLowConfidence(segmentsOf(manyWords(words).join(' '))),
  Persian: withLowConfidence(segmentsOf(...persian)),
  'Persian in one segment': withLowConfidence(segmentsOf(persian.join(' '))),
  'one word again and again': withLowConfidence(
    segmentsOf(Array.from({ length: words }, () => 'na').join(' ')),
  ),
};

/** Gives every other word a low confidence. */
function withLowConfidence(segments: Segment[]): Segment[] {
  return segments.map((segment) => ({
    ...segment,
    words: segment.words.map((word, at) => ({ ...word, probability: at % 2 === 0 ? 0.2 : 0.9 })),
  }));
}

const write = writerFor('fa', defaultChoice);
/** The largest permitted glossary; no two entries have the same form (docs/corrections.md). */
const glossary = Array.from({ length: maxEntries }, (_, id) => ({
  id,
  spelling: `Spelling${id}`,
  misspellings: [['na', ...persianWords][id] ?? `heard ${id}`],
}));

describe.each(Object.entries(transcripts))(
  '16,600 words, %s, do not block the event loop:',
  (_, segments) => {
    const text = transcriptText({ language: null, languageProbability: null, segments });
    const paragraphs = documentParagraphs(segments, write);
    const replaced = applyGlossary(segments, glossary, () => false);
    test.each<[string, () => unknown]>([
      ['paragraphs', () => documentParagraphs(segments, write)],
      ['texts of paragraphs', () => toParagraphs(segments, write)],
      ['low-confidence marks', () => markLowConfidence(paragraphs)],
      ['the list of low-confidence words', () => lowConfidenceWords(paragraphs)],
      ['a full glossary', () => applyGlossary(segments, glossary, () => false)],
      ['the glossary’s replacements', () => [glossaryReplacements(replaced), withoutGlossary(replaced)]],
      ['hallucinations', () => flagHallucinations(segments, null)],
      ['ten excerpts of what fills a message', () => excerpts(text.slice(0, 4_300))],
      ['messages', () => splitMessage(text)],
      ['an example', () => exampleWord(segments)],
      ['chunks to be joined', () => mergeChunks(halves(segments))],
    ])('16,600 words do not block the event loop: %s', (_, work) =>
      expect(stretchMs(work)).toBeLessThan(maxWaitMs),
    );
  },
);

function excerpts(text: string) {
  return Array.from({ length: 10 }, () => [splitMessage(write(text)), excerptOf(text, ['zzzzz'], write)]);
}

function halves(segments: Segment[]) {
  const [first, second] = [segments.slice(0, segments.length / 2 + 1), segments.slice(segments.length / 2)];
  return [
    { start: 0, from: 0, to: 500, segments: first },
    { start: 400, from: 400, to: 1_000, segments: second },
  ];
}

test('one document of 100 uploads, 16,600 words in all, does not block the event loop', () => {
  const segments = transcripts['Persian'] ?? [];
  const each = Math.ceil(segments.length / 100);
  const recordings = Array.from({ length: 100 }, (_, at) => ({
    transcript: {
      language: 'fa',
      languageProbability: null,
      segments: segments.slice(at * each, (at + 1) * each),
    },
    durationSeconds: each,
    engine: 'local' as const,
    heading: `Sara ${at}`,
  }));
  const work = () =>
    textWithHeadings(documentParagraphs(bundledUpload(recordings).transcript.segments, write));
  expect(stretchMs(work)).toBeLessThan(maxWaitMs);
});

/**
 * Texts of the maximum length that Telegram accepts (4,096 UTF-16 units), of characters that are hard on
 * parsers.
 */
const units = {
  'combining marks': '\u0301',
  'marks of two classes': '\u0301\u0316',
  'a letter with marks': 'a\u0301\u0302\u0303',
  'Arabic vowel signs': '\u064b',
  'zero-width joiners': '\u200d',
  'half-spaces': '\u200c',
  'bidi overrides': '\u202e',
  'bidi isolates': '\u2066',
  spaces: ' ',
  'line ends': '\n',
  arrows: '→',
  dashes: '-',
  'equals signs': '=',
  quotes: '"',
  'full stops': '.',
  'full stops and letters': 'a.',
  'opening brackets': '〈',
  Thai: 'ก',
  emoji: '👩‍👩‍👧',
  flags: '🇮🇷',
  letters: 'x',
  'Persian letters': 'ن',
  'Persian half-spaces': 'می ها ',
  'Latin digits': '1 ',
  backticks: '`',
  links: 'a.b/c ',
  slashes: '/',
  commas: ', ',
} as const;

describe.each(Object.entries(units))('4,096 units of %s do not block the event loop:', (_, unit) => {
  const text = unit.repeat(4096 / unit.length);
  const withEnd = `${text.slice(0, -1)}x`;
  test.each<[string, (text: string) => unknown]>([
    ['a correction', readCorrections],
    ['a search', (text) => [wordsOfQuery(text), marksOf(text, wordsOfQuery(text))]],
    ['an excerpt', (text) => excerptOf(text, wordsOfQuery(text).slice(0, 10), write)],
    ['a caption', (text) => [parseCaption(text), wordsBeside(text)]],
    ['a link', (text) => [readLink(text), readLink(`https://a.b/${text}`), cleanName(text)]],
    ['Persian', (text) => write(text)],
    ['Persian in the middle', (text) => write(`نه ${text} نه`)],
    ['a message', (text) => [splitMessage(text), splitMessage(text, 100)]],
    ['a file name', safeFileName],
    ['words', (text) => timedWords(text, { start: 0, end: 1, words: [] })],
    [
      'the glossary',
      (text) =>
        applyGlossary(
          segmentsOf(text),
          [{ id: 1, spelling: text.slice(0, 50), misspellings: [text] }],
          () => false,
        ),
    ],
    ['paragraphs', (text) => markLowConfidence(documentParagraphs(segmentsOf(text), write))],
  ])('4,096 units of text do not block the event loop: %s', (_, work) => {
    for (const each of [text, withEnd]) expect(stretchMs(() => work(each))).toBeLessThan(maxWaitMs);
  });
});
