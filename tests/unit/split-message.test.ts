// The fault numbers in titles are those of docs/faults.md.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitMessage } from '../../src/domain/split-message.ts';

const squeezed = (text: string) => text.replace(/\s+/g, '');

describe('a text is split into messages:', () => {
  test('a short one stays whole', () => {
    expect(splitMessage('سلام دنیا')).toEqual(['سلام دنیا']);
    expect(splitMessage('  ')).toEqual([]);
  });

  test('between paragraphs where that leaves pieces of good length', () => {
    const paragraph = 'word '.repeat(15).trim();
    expect(splitMessage(`${paragraph}\n\n${paragraph}`, 100)).toEqual([paragraph, paragraph]);
  });

  test('otherwise after a sentence, in Persian too', () => {
    expect(splitMessage('این جملهٔ نخست است؟ و این جملهٔ دوم که دراز است', 30)).toEqual([
      'این جملهٔ نخست است؟',
      'و این جملهٔ دوم که دراز است',
    ]);
  });

  test('otherwise between words', () => {
    expect(splitMessage('one two three four five', 16)).toEqual(['one two three', 'four five']);
  });

  test('otherwise between graphemes, so that a family emoji stays whole', () => {
    const family = '👨‍👩‍👧‍👦';
    const pieces = splitMessage(family.repeat(10), 25);
    expect(pieces.join('')).toBe(family.repeat(10));
    for (const piece of pieces) expect(piece.length % family.length).toBe(0);
  });

  test('fault 21, property: each fits the limit, nothing is lost, no surrogate pair is torn, and no grapheme that fits', () => {
    const texts = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom(' ', '\n\n', '۔ ', 'سلام', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'e\u0301\u0323'),
      ),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(texts, fc.integer({ min: 16, max: 60 }), (parts, limit) => {
        const text = parts.join('');
        const pieces = splitMessage(text, limit);
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(limit);
          expect(piece.trim()).not.toBe('');
          expect(piece.isWellFormed()).toBe(true);
        }
        expect(squeezed(pieces.join(''))).toBe(squeezed(text));
      }),
      { numRuns: 500 },
    );
  });
});
