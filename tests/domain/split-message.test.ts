// The fault numbers in titles are those of docs/faults.md.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitMessage } from '../../src/domain/split-message.ts';

const squeezed = (text: string) => text.replace(/\s+/g, '');

describe('a text is split into messages:', () => {
  test('a short text is not split into messages', () => {
    expect(splitMessage('سلام دنیا')).toEqual(['سلام دنیا']);
    expect(splitMessage('  ')).toEqual([]);
  });

  test('a text is split into messages between paragraphs where that leaves pieces of good length', () => {
    const paragraph = 'word '.repeat(15).trim();
    expect(splitMessage(`${paragraph}\n\n${paragraph}`, 100)).toEqual([paragraph, paragraph]);
  });

  test('a text without good paragraphs is split into messages after a sentence, in Persian too', () => {
    expect(splitMessage('این جملهٔ نخست است؟ و این جملهٔ دوم که دراز است', 30)).toEqual([
      'این جملهٔ نخست است؟',
      'و این جملهٔ دوم که دراز است',
    ]);
  });

  test('a text without sentences is split into messages between words', () => {
    expect(splitMessage('one two three four five', 16)).toEqual(['one two three', 'four five']);
  });

  test('a text without spaces is split into messages between graphemes, so that a family emoji stays whole', () => {
    const family = '👨‍👩‍👧‍👦';
    const pieces = splitMessage(family.repeat(10), 25);
    expect(pieces.join('')).toBe(family.repeat(10));
    for (const piece of pieces) expect(piece.length % family.length).toBe(0);
  });

  test('a text is split into messages at a better place only if the piece is half of a message at least', () => {
    const x = (length: number) => 'x'.repeat(length);
    expect(splitMessage(`${x(10)}\n\n${x(5)} ${x(30)}`, 24)).toEqual([x(10), x(5), x(24), x(6)]);
    expect(splitMessage(`${x(9)}\n\n${x(5)} ${x(30)}`, 24)).toEqual([`${x(9)}\n\n${x(5)}`, x(24), x(6)]);
  });

  test('a text is split into messages between paragraphs rather than at a later line', () => {
    const x = (length: number) => 'x'.repeat(length);
    for (const between of ['\n\n', '\n \n'])
      expect(splitMessage(`${x(12)}${between}${x(3)}\n${x(20)}`, 20)).toEqual([x(12), x(3), x(20)]);
  });

  test('messages of a split text are exactly full, and only white space where it is cut is dropped', () => {
    const x = (length: number) => 'x'.repeat(length);
    expect(splitMessage(x(20), 20)).toEqual([x(20)]);
    expect(splitMessage(x(21), 20)).toEqual([x(20), 'x']);
    expect(splitMessage(`${x(20)}   ${x(5)}`, 20)).toEqual([x(20), x(5)]);
    expect(splitMessage(`${x(20)}\n \n${x(5)}`, 20)).toEqual([x(20), x(5)]);
    expect(splitMessage(`${x(18)}. ${x(5)}`, 20)).toEqual([`${x(18)}.`, x(5)]);
  });

  test('a grapheme longer than a message is cut between its code points', () => {
    const heap = (length: number) => `e${'\u0301'.repeat(length)}`;
    expect(splitMessage(heap(39), 20)).toEqual([heap(19), '\u0301'.repeat(20)]);
    const hostile = `x${'\u{101fd}'.repeat(20)}`;
    const pieces = splitMessage(hostile, 20);
    expect(pieces.every((piece) => piece.isWellFormed() && piece.length <= 20)).toBe(true);
    expect(pieces.join('')).toBe(hostile);
    expect(splitMessage(`e${'\u0301'.repeat(20)}${'\u{101fd}'.repeat(10)}`, 20)[0]).toHaveLength(20);
  });

  test('fault 21, property: each message of a split text fits the limit, no text is lost, and no surrogate pair and no grapheme that fits is torn', () => {
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
