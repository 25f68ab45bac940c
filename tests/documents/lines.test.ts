import { describe, expect, test } from 'vitest';
import { fillLines, inkWidth } from '../../src/documents/layout/lines.ts';

type Measured = { readonly isSpace: boolean; readonly width: number; readonly text: string };

/** Breaks text into lines with a font in which every UTF-16 unit is one point wide; counts the units it measures. */
function filled(text: string, width: number) {
  const measured: number[] = [];
  const split = (start: number, end: number): Measured[] => {
    measured.push(end - start);
    const pieces = text.slice(start, end).match(/ +|[^ ]+/g) ?? [];
    return pieces.map((piece) => ({ text: piece, isSpace: piece.startsWith(' '), width: piece.length }));
  };
  const lines = [...fillLines(text, split, width)].map((line) => line.map((piece) => piece.text).join(''));
  return { lines, measured };
}
const linesOf = (text: string, width: number) => filled(text, width).lines;

describe('text is broken into lines', () => {
  test('text is broken into lines at spaces, which may hang over the end of a line', () => {
    expect(linesOf('aa bb cc dd', 5)).toEqual(['aa bb ', 'cc dd']);
    expect(linesOf('aa bb   cc', 5)).toEqual(['aa bb   ', 'cc']);
    expect(linesOf('aa bb cc dd', 4)).toEqual(['aa ', 'bb ', 'cc ', 'dd']);
  });

  test('text is broken into lines of which none is empty', () => {
    expect(linesOf('', 5)).toEqual([]);
    expect(linesOf('abcdefg', 5)).toEqual(['abcde', 'fg']);
    expect(linesOf('a bcdefghi', 5)).toEqual(['a ', 'bcdef', 'ghi']);
    expect(linesOf('abcdefg hi', 5)).toEqual(['abcde', 'fg hi']);
  });

  test('text is broken into lines that are full, where a word is longer than a line', () => {
    for (const length of [
      1, 2, 5, 15, 16, 17, 18, 19, 31, 33, 34, 48, 49, 50, 51, 52, 99, 100, 101, 300, 499,
    ]) {
      for (const width of [1, 2, 15, 16, 17, 18, 33, 34, 50, 98, 100]) {
        const word = 'ab'.repeat(length).slice(0, length);
        const full = word.match(new RegExp(`.{1,${width}}`, 'g'));
        expect(linesOf(word, width), `${length} letters in lines of ${width}`).toEqual(full);
        expect(linesOf(`x ${word} y`, width).join('')).toBe(`x ${word} y`);
      }
    }
  });

  test('text is broken into lines with at least one grapheme each, however narrow the column', () => {
    expect(linesOf('👨‍👩‍👧👨‍👩‍👧', 3)).toEqual(['👨‍👩‍👧', '👨‍👩‍👧']);
    expect(linesOf('e\u0301e\u0301x', 1)).toEqual(['e\u0301', 'e\u0301', 'x']);
  });

  test('text is broken into lines between the words of scripts without spaces, and not where such a script meets another', () => {
    expect(linesOf('ภาษาไทย', 4)).toEqual(['ภาษา', 'ไทย']);
    expect(linesOf('xx abภาษาไทย', 9)).toEqual(['xx abภาษา', 'ไทย']);
    expect(linesOf('xx abภาษาไทย', 6)).toEqual(['xx ', 'abภาษา', 'ไทย']);
    expect(linesOf('xx abcภาษา', 6)).toEqual(['xx ', 'abcภาษ', 'า']);
  });
});

describe('to break text into lines', () => {
  test('to break text into lines, no more than 500 units are measured at once', () => {
    for (const length of [499, 500, 501, 999, 1000, 1001, 1700]) {
      const word = 'a'.repeat(length);
      const { lines, measured } = filled(`bb ${word} cc`, 10_000);
      expect(lines).toEqual([`bb ${word} cc`]);
      expect(Math.max(...measured)).toBe(Math.min(length + 1, 500));
      expect(measured.length).toBeLessThan(8);
    }
  });

  test('to break text into lines, each of several long words is measured in parts', () => {
    const [a, b] = ['a'.repeat(600), 'b'.repeat(600)];
    const { lines, measured } = filled(`${a} ${b}`, 10_000);
    expect(lines).toEqual([`${a} ${b}`]);
    expect(measured).toEqual([500, 101, 500, 100]);
  });

  test('to break text into lines, an endless word is cut between graphemes too', () => {
    const letter = 'e\u0301\u0323';
    const { lines, measured } = filled(letter.repeat(400), 10_000);
    expect(lines).toEqual([letter.repeat(400)]);
    // 167 graphemes of three units: the first end of a grapheme that is at least 500 units away.
    expect(measured).toEqual([501, 501, 198]);
  });

  test('to break text into lines, a word is measured once, and twice more where it begins a line', () => {
    const text = 'word '.repeat(1000);
    const { lines, measured } = filled(text, 14);
    expect(lines).toHaveLength(334);
    expect(measured.length).toBe(1000 + 2 * 333);
  });

  test('to break text into lines, a word of a thousand lines is not measured for each of its letters', () => {
    const { lines, measured } = filled('a'.repeat(5000), 40);
    expect(lines).toHaveLength(130);
    expect(measured.length).toBeLessThan(130 * 12);
  });
});

test('spaces at the end of a line have no ink', () => {
  const piece = (width: number, isSpace = false) => ({ width, isSpace });
  expect(inkWidth([piece(2), piece(3, true), piece(4), piece(5, true), piece(6, true)])).toBe(9);
  expect(inkWidth([piece(5, true)])).toBe(0);
  expect(inkWidth([])).toBe(0);
});
