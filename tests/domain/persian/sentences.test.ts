import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalisePersian } from '../../../src/domain/persian/normalise.ts';
import {
  findSpokenNumbers,
  writeSpokenNumbers,
} from '../../../src/domain/persian/spoken-numbers/spoken-numbers.ts';
import { writtenSentences } from '../../../src/domain/persian/written-words.ts';
import type { Word } from '../../../src/domain/transcript.ts';
import { writtenSegments } from '../../../src/domain/written-segments.ts';
import { readCases } from './support/cases.ts';

/** Returns words of 0.3 s each; `(0.8)` is a pause in seconds, other words follow one another with 0.05 s between. */
function say(text: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  for (const token of text.split(' ')) {
    const pause = /^\((.+)\)$/.exec(token)?.[1];
    if (pause !== undefined) at += Number(pause) - 0.05;
    else {
      words.push({ text: token, start: at, end: at + 0.3, probability: 0.9 });
      at += 0.35;
    }
  }
  return words;
}

const written = (text: string) =>
  writtenSentences(say(text))
    .flat()
    .map((word) => word.text)
    .join(' ');

const cases = readFileSync(new URL('./sentences.tsv', import.meta.url), 'utf8')
  .split(/\r?\n/)
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line, at) => {
    const [spoken = '', right = ''] = line.split('\t');
    return { spoken, right, isHeldOut: at % 3 === 2 };
  });

/** Returns the marks of a text with the number of letters before each. The last mark is certain, and not counted. */
function marksOf(text: string): string[] {
  const marks: string[] = [];
  let letters = 0;
  for (const character of text) {
    if (/[.؟]/.test(character)) marks.push(`${character}${letters}`);
    else if (/\p{L}/u.test(character)) letters += 1;
  }
  return marks.filter((mark) => mark !== `.${letters}`);
}

describe.each([
  ['cases that were seen while the rules were written', cases.filter(({ isHeldOut }) => !isHeldOut)],
  ['held-out cases', cases.filter(({ isHeldOut }) => isHeldOut)],
] as const)('%s', (_, some) => {
  const found = some.map(({ spoken, right }) => ({
    right: marksOf(right),
    got: marksOf(written(spoken)),
    spoken,
  }));
  const wrong = found
    .filter(({ right, got }) => right.join() !== got.join())
    .map(({ spoken }) => written(spoken))
    .join('\n');
  const all = (marks: (each: (typeof found)[number]) => readonly string[]) => found.flatMap(marks).length;
  const hits = all(({ right, got }) => got.filter((mark) => right.includes(mark)));

  test('at least 95 % of the marks are right (precision)', () => {
    expect(hits / all(({ got }) => got), wrong).toBeGreaterThanOrEqual(0.95);
  });

  test('at least 85 % of the sentence ends and questions get their mark (recall)', () => {
    expect(hits / all(({ right }) => right), wrong).toBeGreaterThanOrEqual(0.85);
  });
});

test('text that is right already keeps every word: only the mark at its end is new', () => {
  const right = readCases()
    .map((each) => each.right)
    .filter((text) => !/[^\p{L}\p{M}\u200c ]/u.test(text) && writeSpokenNumbers(text) === text);
  expect(right.length).toBeGreaterThan(150);
  expect(right.filter((text) => !/^[.؟]$/.test(written(text).slice(text.length)))).toEqual([]);
  expect(right.filter((text) => !written(text).startsWith(text))).toEqual([]);
});

test('a mark that a model wrote itself is not doubled', () => {
  expect(written('تمام شد.')).toBe('تمام شد.');
});

test('words that become one take the times of all, and the lowest probability', () => {
  const [first, ...rest] = say('بیست و پنج درصد از آن ها می روند');
  const words = [{ ...(first as Word), probability: 0.4 }, ...rest];
  const sentence = writtenSentences(words).flat();
  expect(sentence.map(({ text }) => text)).toEqual(['۲۵٪', 'از', 'آن‌ها', 'می‌روند.']);
  expect(sentence[0]).toMatchObject({ start: words[0]?.start, end: words[3]?.end, probability: 0.4 });
  expect(sentence[1]).toMatchObject({ start: words[4]?.start, end: words[4]?.end });
  expect(sentence[2]).toMatchObject({ start: words[5]?.start, end: words[6]?.end, probability: 0.9 });
  expect(sentence[3]).toMatchObject({ start: words[7]?.start, end: words[8]?.end });
});

test('the words of a number that stays two words share its time in order', () => {
  const words = say('دو میلیون تومان');
  const sentence = writtenSentences(words).flat();
  expect(sentence.map(({ text }) => text)).toEqual(['۲', 'میلیون', 'تومان.']);
  const times = sentence.flatMap(({ start, end }) => [start, end]);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times.at(0)).toBe(words[0]?.start);
  expect(times.at(-1)).toBe(words[2]?.end);
});

test('numbers in words are found as they are in text', () => {
  const texts = readFileSync(new URL('./numbers.tsv', import.meta.url), 'utf8')
    .split(/\r?\n/)
    .flatMap((line) => (line.startsWith('#') ? [] : (line.split('\t')[1] ?? [])))
    .filter((text) => /^[\p{L}\p{M}\u200c ]+$/u.test(text));
  expect(texts.length).toBeGreaterThan(400);
  for (const text of texts) {
    const words = text.split(' ');
    let at = 0;
    const pieces: string[] = [];
    for (const number of findSpokenNumbers(words)) {
      pieces.push(...words.slice(at, number.from), number.text);
      at = number.to;
    }
    expect([...pieces, ...words.slice(at)].join(' '), text).toBe(writeSpokenNumbers(text));
  }
});

test('property: no letter is lost, and times stay in order within those of the words', () => {
  const word = fc.constantFrom(...'سلام می روم بیست و پنج درصد که است کتاب ها چرا ۵ خانه ی'.split(' '));
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 25 }),
      fc.array(fc.double({ min: 0, max: 2, noNaN: true })),
      (texts, pauses) => {
        let at = 0;
        const words = texts.map((text, index) => {
          at += pauses[index] ?? 0;
          const start = at;
          at += 0.2;
          return { text, start, end: at, probability: 0.5 };
        });
        const segments = writtenSegments(words, 'fa');
        const all = segments.flatMap((segment) => segment.words);
        const times = all.flatMap(({ start, end }) => [start, end]);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(times.at(0)).toBeCloseTo(words[0]?.start ?? 0);
        expect(times.at(-1)).toBeCloseTo(words.at(-1)?.end ?? 0);
        for (const segment of segments)
          expect(segment.words.map(({ text }) => text).join(' ')).toBe(segment.text);
        const spelled = (text: string) => text.replaceAll(/[^\p{L}]/gu, '');
        if (!texts.some((text) => /بیست|پنج|و|درصد|۵/.test(text)))
          expect(spelled(segments.map(({ text }) => text).join(''))).toBe(
            spelled(normalisePersian(texts.join(' '))),
          );
      },
    ),
    { numRuns: 300 },
  );
});

test('words of other languages stay, and become segments of at most 12 s, cut at pauses', () => {
  const words = say(`one two (0.8) three ${'more '.repeat(60).trim()}`);
  const segments = writtenSegments(words, 'ckb');
  expect(segments[0]?.text).toBe('one two');
  expect(segments.map(({ text }) => text).join(' ')).toBe(words.map(({ text }) => text).join(' '));
  for (const { start, end } of segments) expect(end - start).toBeLessThanOrEqual(12);
});
