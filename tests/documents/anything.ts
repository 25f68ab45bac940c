import fc from 'fast-check';
import { type DocumentContent, defaultLook } from '../../src/domain/document.ts';
import { documentOf } from './content.ts';

/** Code units that are hard on programs: controls, bidi marks, lone surrogates, noncharacters, joiners. */
const awkward = fc.constantFrom(
  ...[0x00, 0x08, 0x09, 0x0a, 0x0d, 0x1b, 0x7f, 0x85, 0xad, 0x34f, 0x61c, 0x180e],
  ...[0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e],
  ...[0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0xfe0f, 0xfeff, 0xfffd, 0xfffe, 0xffff],
  ...[0xd800, 0xdbff, 0xdc00, 0xdfff],
);
const unit = fc.oneof(
  { weight: 2, arbitrary: awkward },
  { weight: 2, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
  { weight: 2, arbitrary: fc.integer({ min: 0x590, max: 0x6ff }) },
  { weight: 1, arbitrary: fc.integer({ min: 0x900, max: 0x1100 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 0xffff }) },
);
const units = fc.array(unit, { maxLength: 60 }).map((codes) => String.fromCharCode(...codes));
/** Code points of all planes, assigned or not. */
const planes = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 30 })
  .map((codes) => String.fromCodePoint(...codes));
const flood = fc
  .tuple(
    fc.constantFrom('a', 'ب', 'क', '\u0301'),
    fc.constantFrom('\u0301', '\u064b', '\u093c', '\u20dd'),
    fc.nat(3000),
  )
  .map(([base, mark, count]) => base + mark.repeat(count));
const longWord = fc
  .tuple(fc.constantFrom('a', 'ب', 'لا', '中', '😀', '\u200d', 'ก'), fc.integer({ min: 100, max: 10_000 }))
  .map(([letter, count]) => letter.repeat(count));

/** Any text. */
export const anyText = fc.oneof(
  { weight: 60, arbitrary: units },
  { weight: 30, arbitrary: planes },
  { weight: 2, arbitrary: flood },
  { weight: 2, arbitrary: longWord },
);

/** A document of any text, in any look. */
export const anyContent: fc.Arbitrary<DocumentContent> = fc
  .record({
    title: anyText,
    direction: fc.constantFrom('rtl' as const, 'ltr' as const),
    language: fc.constantFrom('fa', 'en', 'ar-EG', 'hi', 'ja', 'not a language'),
    facts: fc.array(fc.record({ label: anyText, value: anyText }), { maxLength: 2 }),
    paragraphs: fc.array(anyText, { maxLength: 4 }),
    isRich: fc.boolean(),
  })
  .map(({ isRich, ...described }) =>
    documentOf({
      ...described,
      look: {
        ...defaultLook,
        isTable: isRich,
        hasTimes: isRich,
        marksLowConfidence: isRich,
        isJustified: isRich,
      },
    }),
  );
