import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writerFor } from '../../../src/domain/document-choice.ts';
import { excerptOf } from '../../../src/features/history/excerpt.ts';
import { wordsOfQuery } from '../../../src/features/history/search-words.ts';

const persian = writerFor('fa', { spelling: 'school', digits: 'persian' });
const marked = (text: string, query: string, write = persian) => {
  const excerpt = excerptOf(text, wordsOfQuery(query), write);
  return {
    text: excerpt.text,
    bold: excerpt.marks.map(({ offset, length }) => excerpt.text.slice(offset, offset + length)),
  };
};

describe('an excerpt of a text', () => {
  test('an excerpt of a text is its beginning without a query', () => {
    expect(marked('سلام دوستان', '')).toEqual({ text: 'سلام دوستان', bold: [] });
    expect(marked(`${'کلمه '.repeat(50)}پایان`, '').text).toMatch(/^(کلمه ){10,}…$/);
  });

  test('an excerpt of a text surrounds the first match, in the user’s Persian spelling', () => {
    const text = `${'پیش '.repeat(40)}كتاب ها را مي خوانم و باز كتاب ${'پس '.repeat(60)}`;
    expect(marked(text, 'کتاب')).toEqual({
      text: expect.stringMatching(/^… (پیش ){6}کتاب‌ها را می‌خوانم و باز کتاب (پس )+…$/),
      bold: ['کتاب‌ها', 'کتاب'],
    });
  });

  test('property: an excerpt of a text is short, has whole characters, and its marks begin as the query does', () => {
    const texts = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.constantFrom('سلام', 'دنیا', '👩‍👩‍👧', ' '),
      ),
      {
        maxLength: 200,
      },
    );
    fc.assert(
      fc.property(texts, fc.constantFrom('سلام', 'دنیا', 'a', '1'), (pieces, query) => {
        const { text, bold } = marked(pieces.join(' '), query, (heard) => heard);
        expect(text.length).toBeLessThanOrEqual(124);
        expect(text.isWellFormed()).toBe(true);
        for (const word of bold) {
          expect(wordsOfQuery(word).some((form) => form.includes(wordsOfQuery(query)[0] ?? ' '))).toBe(true);
        }
      }),
    );
  });
});
