import fc from 'fast-check';
import type pg from 'pg';
import { describe, expect, test } from 'vitest';
import { findSearchWords, wordsOfQuery } from '../../../src/features/history/search-words.ts';
import { freshDatabase, withDatabase } from '../../support/databases.ts';

/** Spellings by line; every spelling of one line has to find every other. */
const sameToEverybody = [
  ['کتاب‌هایم را می‌خوانم', 'کتاب هایم را می خوانم', 'كتاب هايم را ميخوانم', 'کتابهایم را می‌خوانم'],
  ['خانهٔ ما', 'خانۀ ما', 'خانه‌ی ما', 'خانه ی ما', 'خانه ما'],
  ['سال ۱۴۰۵', 'سال ١٤٠٥', 'سال 1405'],
  ['مُحمَّد', 'محمد', 'محـمد', 'ﻣﺤﻤﺪ'],
  ['آب', 'اب', 'أب'],
  ['Café CRÈME', 'cafe creme'],
];

describe('a text in the search index', () => {
  test.each(sameToEverybody.map((writings) => ({ writings })))(
    'a text in the search index is found in every spelling: $writings',
    ({ writings }) => {
      const [first = '', ...others] = writings;
      for (const other of others) expect(wordsOfQuery(other), other).toEqual(wordsOfQuery(first));
    },
  );

  test('a text in the search index with a half-space is found by its parts too, at its own place', () => {
    const text = 'او «کتاب‌هایش» را می خواند.';
    const words = findSearchWords(text);
    expect(words.map(({ forms }) => forms)).toEqual([
      ['او'],
      ['کتابهایش', 'کتاب', 'هایش'],
      ['را'],
      ['میخواند', 'می', 'خواند'],
    ]);
    expect(words.map(({ start, end }) => text.slice(start, end))).toEqual([
      'او',
      'کتاب‌هایش',
      'را',
      'می خواند',
    ]);
  });

  test('property: a text in the search index has words that follow one another within it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        let at = 0;
        for (const { start, end } of findSearchWords(text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
          at = start;
        }
      }),
    );
  });
});

/** Texts as users speak and type them, with everything that has several spellings. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['می', 'نمی', 'روم', 'كتاب', 'ها', 'هایم', 'خانه', 'ی', 'ۀ', 'هٔ', 'هٔ', 'تر', 'ترین', 'اند'],
        ...[' ', ' ', ' ', '\u200c', '\u200c', '،', '. ', '\n', '«', '»', '-', '\u0640', '\u064e', '\u200f'],
        ...[
          '۱۲',
          '١٢',
          '12',
          'É',
          'e\u0301',
          'İ',
          'Σς',
          'ß',
          'ﬁ',
          'ﻻ',
          'ﷺ',
          '½',
          '²',
          '👍🏽',
          '中文',
          '한국',
        ],
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join('').replaceAll('\0', ''));

test('the database and the program find the same words in the same text', async () => {
  const { url, drop } = await freshDatabase();
  await withDatabase(url, async (client) => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const here = new Set(findSearchWords(text).flatMap(({ forms }) => forms));
        expect([...here].toSorted()).toEqual((await wordsInDatabase(client, text)).toSorted());
      }),
      { numRuns: 2_000 },
    );
  });
  await drop();
});

async function wordsInDatabase(client: pg.Client, text: string): Promise<string[]> {
  const { rows } = await client.query<{ words: string[] }>('SELECT search_words($1) AS words', [text]);
  return rows[0]?.words ?? [];
}
