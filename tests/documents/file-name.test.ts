import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeFileName } from '../../src/documents/file-name.ts';

test.each([
  ['گفت‌وگوی ۱', 'گفت‌وگوی ۱'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j'],
  ['../../etc/passwd', 'etc passwd'],
  ['  .hidden. ', 'hidden'],
  ['--help', 'help'],
  ['invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['a\u0000b\nc\td', 'a b c d'],
  ['CON', '_CON'],
  ['nul.txt', '_nul.txt'],
  ['com1', '_com1'],
  ['console', 'console'],
  ['', 'document'],
  ['...', 'document'],
  ['\u200c', 'document'],
  ['\ud800', 'document'],
  ['cafe\u0301', 'café'],
])('the title %j gives the file name %j', (title, name) => {
  expect(safeFileName(title)).toBe(name);
});

test('a long name is shortened to 100 units and 200 bytes between code points', () => {
  expect(safeFileName('س'.repeat(150))).toBe('س'.repeat(100));
  expect(safeFileName('a'.repeat(150))).toBe('a'.repeat(100));
  expect(safeFileName('中'.repeat(150))).toBe('中'.repeat(66));
  expect(safeFileName('😀'.repeat(150))).toBe('😀'.repeat(50));
});

test('any title gives a name that every system accepts', () => {
  const anyTitle = fc.oneof(
    fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 150 })
      .map((units) => String.fromCharCode(...units)),
    fc.string({ unit: fc.constantFrom(...'co.n 1/\\\u202e\u200cسaux'), maxLength: 150 }),
  );
  fc.assert(
    fc.property(anyTitle, (title) => {
      const name = safeFileName(title);
      expect(name).not.toBe('');
      expect(name.length).toBeLessThanOrEqual(100);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
      expect(name.isWellFormed()).toBe(true);
      expect(name).not.toMatch(/[\\/:*?"<>|\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
      expect(name).not.toMatch(/^[.\s-]|[.\s]$/);
      expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
      expect(safeFileName(name)).toBe(name);
    }),
    { numRuns: 500, seed: 20_261_122 },
  );
});
