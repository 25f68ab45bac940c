import { describe, expect, test } from 'vitest';
import { answerTexts, isQuoted } from '../../src/domain/answer-text.ts';
import type { DocumentParagraph } from '../../src/domain/document.ts';
import { speakersOf } from '../../src/domain/document.ts';
import {
  changedChoice,
  choiceValues,
  type DocumentChoice,
  defaultChoice,
  lookOf,
  nextValue,
  otherFormats,
  writerFor,
} from '../../src/domain/document-choice.ts';
import { timesTexts } from '../../src/domain/times-text.ts';

/** Maximum length of one message with text: it leaves room for the notes below. */
const pieceLength = 3_400;

describe('the text of an answer', () => {
  test('the text of an answer is one message as it is, and folded from 501 characters on', () => {
    const short = 'a'.repeat(500);
    expect(answerTexts(short, true)).toEqual({
      messages: [{ text: short, isQuote: false }],
      isExcerpt: false,
    });
    expect(answerTexts(`${short}a`, true)).toEqual({
      messages: [{ text: `${short}a`, isQuote: true }],
      isExcerpt: false,
    });
    expect([isQuoted(short), isQuoted(`${short}a`)]).toEqual([false, true]);
  });

  test('the text of an answer that fills one message exactly is sent whole', () => {
    const full = `${'word '.repeat(679)}words`;
    expect(full).toHaveLength(pieceLength);
    for (const isCompact of [false, true]) {
      expect(answerTexts(full, isCompact)).toEqual({
        messages: [{ text: full, isQuote: true }],
        isExcerpt: false,
      });
    }
  });

  test.each([
    ['in a group, for one message', true, 900],
    ['for 12,000 characters', false, 2_401],
  ])('the text of an answer that is too long %s is its beginning, not folded', (_, isCompact, words) => {
    const long = 'word '.repeat(words);
    const { messages, isExcerpt } = answerTexts(long, isCompact, [
      { from: 5, to: 9 },
      { from: 4000, to: 4004 },
    ]);
    expect(isExcerpt).toBe(true);
    expect(messages).toEqual([
      { text: `${'word '.repeat(120)}…`, isQuote: false, marks: [{ from: 5, to: 9 }] },
    ]);
  });

  test('the text of an answer of up to 12,000 characters is sent whole, folded, in as many messages as it needs', () => {
    const long = 'word '.repeat(2_400).trim();
    const { messages, isExcerpt } = answerTexts(long, false);
    expect(isExcerpt).toBe(false);
    expect(messages.map(({ text }) => text).join(' ')).toBe(long);
    expect(messages.map(({ isQuote }) => isQuote)).toEqual([true, true, true, true]);
    for (const { text } of messages) expect(text.length).toBeLessThanOrEqual(pieceLength);
  });

  test('the text of an answer in several messages has the marks of each', () => {
    const long = `${'a'.repeat(pieceLength)} ${'b'.repeat(10)}`;
    const marks = [
      { from: 0, to: 1 },
      { from: 3399, to: 3400 },
      { from: 3401, to: 3402 },
      { from: 3410, to: 3411 },
    ];
    expect(answerTexts(long, false, marks)).toEqual({
      messages: [
        { text: 'a'.repeat(pieceLength), isQuote: true, marks: marks.slice(0, 2) },
        {
          text: 'b'.repeat(10),
          isQuote: true,
          marks: [
            { from: 0, to: 1 },
            { from: 9, to: 10 },
          ],
        },
      ],
      isExcerpt: false,
    });
  });

  test('the text of an answer has no mark that two messages would share', () => {
    const text = `${'a'.repeat(pieceLength)} b`;
    const { messages } = answerTexts(text, false, [{ from: 3390, to: 3402 }]);
    expect(messages.map(({ marks }) => marks)).toEqual([undefined, undefined]);
  });

  test('the text of an answer has at most 98 marks in a message', () => {
    const marks = Array.from({ length: 150 }, (_, index) => ({ from: 2 * index, to: 2 * index + 1 }));
    expect(answerTexts('a '.repeat(150), true, marks).messages[0]?.marks).toEqual(marks.slice(0, 98));
  });
});

const paragraph = (speaker: string | null, ...texts: readonly [number, string][]): DocumentParagraph => ({
  speaker,
  segments: texts.map(([start, text]) => ({ start, end: start + 1, text, original: text, words: [] })),
});

describe('a transcript with times', () => {
  test('a transcript with times has a line for each segment', () => {
    expect(
      timesTexts([paragraph(null, [0, 'سلام.'], [62.9, 'خوبی؟']), paragraph('Sara', [3723, 'بله.'])]),
    ).toEqual([{ text: '0:00 سلام.\n1:02 خوبی؟\n1:02:03 بله.', isQuote: false }]);
  });

  test('a transcript with times is folded when it is long, and is no message text at all when it needs more than two messages', () => {
    const lines = (count: number) =>
      Array.from({ length: count }, (_, index) => paragraph(null, [index, 'word '.repeat(19)]));
    expect(timesTexts(lines(10))?.map(({ isQuote }) => isQuote)).toEqual([true]);
    expect(timesTexts(lines(80))?.map(({ isQuote }) => isQuote)).toEqual([true, true]);
    expect(timesTexts(lines(90))).toBeNull();
  });
});

test('the speakers of a document are named once each, in the order of their first words', () => {
  const paragraphs = [paragraph(null), paragraph('Sara'), paragraph('Ali'), paragraph('Sara')];
  expect(speakersOf({ paragraphs })).toEqual(['Sara', 'Ali']);
});

describe('the settings for documents', () => {
  test('the settings for documents are these by default: the first value of each, and three formats', () => {
    expect(defaultChoice.formats).toEqual(['txt', 'docx', 'pdf']);
    for (const [name, [first]] of Object.entries(choiceValues))
      expect(defaultChoice).toHaveProperty(name, first);
  });

  test('the settings for documents decide the look of a document', () => {
    expect(lookOf(defaultChoice)).toEqual({
      page: 'a4',
      isJustified: true,
      hasTimes: false,
      marksLowConfidence: false,
      isTable: false,
      hasLatinDigits: false,
    });
    const other: DocumentChoice = {
      ...defaultChoice,
      page: 'letter',
      lines: 'ragged',
      times: 'shown',
      lowConfidence: 'marked',
      word: 'table',
      digits: 'latin',
    };
    expect(lookOf(other)).toEqual({
      page: 'letter',
      isJustified: false,
      hasTimes: true,
      marksLowConfidence: true,
      isTable: true,
      hasLatinDigits: true,
    });
  });

  test('the settings for documents decide the spelling of Persian, and of no other language', () => {
    const heard = 'كتاب 12';
    expect(writerFor('fa', defaultChoice)(heard)).toBe('کتاب ۱۲');
    expect(writerFor('fa', { spelling: 'school', digits: 'latin' })(heard)).toBe('کتاب 12');
    expect(writerFor('fa', { spelling: 'heard', digits: 'persian' })(heard)).toBe(heard);
    expect(writerFor('ar', defaultChoice)(heard)).toBe(heard);
    expect(writerFor(null, defaultChoice)(heard)).toBe(heard);
  });

  test('the settings for documents change one at a time, to an offered value only', () => {
    expect(changedChoice(defaultChoice, 'page', 'letter')).toEqual({ ...defaultChoice, page: 'letter' });
    expect(changedChoice(defaultChoice, 'srt', 'attached')?.formats).toEqual(['txt', 'docx', 'pdf', 'srt']);
    expect(changedChoice({ ...defaultChoice, formats: ['srt'] }, 'txt', 'attached')?.formats).toEqual([
      'txt',
      'srt',
    ]);
    expect(changedChoice(defaultChoice, 'docx', 'left-out')?.formats).toEqual(['txt', 'pdf']);
    for (const [name, value] of [
      ['page', 'a5'],
      ['page', 'attached'],
      ['srt', 'a4'],
      ['formats', 'srt'],
      ['constructor', 'name'],
      ['', ''],
    ] as const)
      expect(changedChoice(defaultChoice, name, value), `${name} to ${value}`).toBeNull();
  });

  test('the settings for documents go through their values in a circle', () => {
    expect(nextValue(defaultChoice, 'digits')).toBe('latin');
    expect(nextValue({ ...defaultChoice, digits: 'latin' }, 'digits')).toBe('heard');
    expect(nextValue({ ...defaultChoice, digits: 'heard' }, 'digits')).toBe('persian');
  });

  test('the settings for documents leave the other formats to buttons', () => {
    expect(otherFormats(['txt', 'srt'])).toEqual(['docx', 'pdf', 'vtt', 'md', 'json', 'odt', 'epub']);
    expect(otherFormats([])).toHaveLength(9);
  });
});
