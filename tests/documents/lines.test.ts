import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bestFitLines } from '../../src/documents/layout/best-fit-lines.ts';
import { type Chunk, chunksOf, inkWidth } from '../../src/documents/layout/chunks.ts';
import { firstFitLines } from '../../src/documents/layout/first-fit-lines.ts';
import { stretchMs } from '../support/event-loop.ts';

type Measured = { readonly isSpace: boolean; readonly width: number; readonly text: string };

/** Breaks text into lines with a font in which every UTF-16 unit is one point wide; counts the units it measures. */
function filled(text: string, width: number) {
  const measured: number[] = [];
  const split = (start: number, end: number): Measured[] => {
    measured.push(end - start);
    const pieces = text.slice(start, end).match(/ +|[^ ]+/g) ?? [];
    return pieces.map((piece) => ({ text: piece, isSpace: piece.startsWith(' '), width: piece.length }));
  };
  const lines = [...firstFitLines(chunksOf(text, split, width), width)].map((line) =>
    line.map((piece) => piece.text).join(''),
  );
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

  test('to break text into lines, a word is measured once', () => {
    const text = 'word '.repeat(1000);
    const { lines, measured } = filled(text, 14);
    expect(lines).toHaveLength(334);
    expect(measured.length).toBe(1000);
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

const ragged = {
  isJustified: false,
  looseGap: 1,
  maxShrink: 0,
  isGap: (piece: Measured) => piece.isSpace,
  hang: () => 0,
};

function* words(text: string): Generator<Chunk<Measured>> {
  for (const word of text.match(/[^ ]+ */g) ?? []) {
    const ink = word.trimEnd().length;
    const pieces = [{ text: word.slice(0, ink), isSpace: false, width: ink }];
    if (word.length > ink) pieces.push({ text: ' ', isSpace: true, width: word.length - ink });
    yield { pieces, width: word.length, ink, startsLine: false };
  }
}

const shown = (lines: Iterable<readonly Measured[]>) =>
  [...lines].map((line) =>
    line
      .map((piece) => piece.text)
      .join('')
      .trimEnd(),
  );
const bestLines = (text: string, width: number, isJustified = false) =>
  shown(bestFitLines(words(text), { ...ragged, width, isJustified }));

/** Returns the sum of the squares of what is missing at the ends of all lines but the last. */
function raggedness(lines: readonly string[], width: number): number {
  return lines.slice(0, -1).reduce((sum, line) => sum + (width - line.length) ** 2, 0);
}

describe('a paragraph is broken as a whole', () => {
  test('a paragraph is broken as a whole: no word is left alone on the last line if the lines before can spare one', () => {
    const text = 'aaaa bbbb cccc dddd eeee ffff g';
    expect(shown(firstFitLines(words(text), 29))).toEqual(['aaaa bbbb cccc dddd eeee ffff', 'g']);
    expect(bestLines(text, 29)).toEqual(['aaaa bbbb cccc dddd eeee', 'ffff g']);
    // One word that fits nowhere else stays alone.
    expect(bestLines('aaaaaaaaaa b', 10)).toEqual(['aaaaaaaaaa', 'b']);
  });

  test('a paragraph is broken as a whole: its edge is at least as even as that of lines filled one by one, in no more lines', () => {
    const anyWords = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(anyWords, fc.integer({ min: 12, max: 40 }), (lengths, width) => {
        const text = lengths.map((length) => 'a'.repeat(length)).join(' ');
        const [first, best] = [shown(firstFitLines(words(text), width)), bestLines(text, width)];
        expect(best.join(' ')).toBe(text);
        for (const line of best) expect(line.length).toBeLessThanOrEqual(width);
        // A line more may be the price of a last line that is not alone, or not too short.
        const last = first.at(-1) ?? '';
        if (last.includes(' ') && last.length > 0.08 * width) {
          expect(best.length).toBeLessThanOrEqual(first.length);
          expect(raggedness(best, width)).toBeLessThanOrEqual(raggedness(first, width));
        }
      }),
      { numRuns: 500, seed: 20_261_130 },
    );
  });

  test('a paragraph is broken as a whole: one of any length comes line by line, and in linear time', () => {
    let read = 0;
    function* endless(): Generator<Chunk<Measured>> {
      for (const chunk of words('word '.repeat(100_000))) {
        read++;
        yield chunk;
      }
    }
    const lines = bestFitLines(endless(), { ...ragged, width: 50 });
    expect(lines.next().value).toHaveLength(20);
    expect(read).toBeLessThan(5_000);
    expect(stretchMs(() => expect([...lines].length).toBe(9_999), 1)).toBeLessThan(2_000);
  });
});
