import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { languageDirection } from '../../src/documents/layout/base-direction.ts';
import { documentOf } from './content.ts';
import { describeWithPoppler, markedPdfText } from './poppler.ts';
import { textInPdfium, textInPdfJs } from './readers.ts';
import { renderDocument } from './render-document.ts';
import { gallery } from './texts.ts';

const sentences: Record<string, string> = JSON.parse(
  await readFile(new URL('../fixtures/documents/sentences.json', import.meta.url), 'utf8'),
);

/** Persian as it is spoken of things: half-spaces, words that end with a mark, Latin words, numbers, an emoji. */
const persian = [
  'لطفاً بگویید که خانهٔ ما کجاست؛ مثلاً همین‌جا می‌نشینیم و کتاب‌هایمان را می‌خوانیم، چون بعداً نمی‌شود.',
  'حتماً Docker و PostgreSQL را روی سرور نصب کنید، وگرنه برنامهٔ شما (نسخهٔ ۲) راه نمی‌افتد 😀 و واقعاً خسته می‌شوید.',
  'دربارهٔ گفت‌وگوی دیروز: احتمالاً ۱۲۳ نفر آمده بودند و همهٔ آن‌ها قبلاً ثبت‌نام کرده بودند، یعنی تقریباً همه.',
];

const texts: Record<string, readonly string[]> = {
  fa: [...persian, ...textsOf('fa')],
  ar: textsOf('ar'),
  ...Object.fromEntries(['hi', 'pa', 'th', 'my', 'km', 'he', 'en'].map((code) => [code, textsOf(code)])),
};

/** Returns the texts of the gallery and the sample sentence in a language. */
function textsOf(language: string): string[] {
  const own = gallery.filter((text) => text.language === language).flatMap(({ paragraphs }) => paragraphs);
  return [sentences[language] ?? '', ...own];
}

/** Returns the words of a text, by a dictionary where it has no spaces. */
function wordsOf(text: string, language: string): string[] {
  if (['th', 'my', 'km'].includes(language)) {
    const segments = new Intl.Segmenter(language, { granularity: 'word' }).segment(text);
    return [...segments].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
  }
  return text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}\u200c]*/gu) ?? [];
}

const isSpaced = (language: string) => !['th', 'my', 'km'].includes(language);

/**
 * Returns the share of the words that are found as whole words. The order of two marks on a letter means nothing
 * (canonical equivalence); PDFium changes it.
 */
function shareFound(read: string, words: readonly string[], language: string): number {
  const text = read.normalize('NFC');
  const found = words.filter((word) => {
    const own = word.normalize('NFC');
    if (!isSpaced(language)) return text.includes(own);
    return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}\\u200c])${own}(?![\\p{L}\\p{M}\\p{N}\\u200c])`, 'u').test(
      text,
    );
  });
  return found.length / words.length;
}

async function pdfOf(language: string, paragraphs = texts[language] ?? []): Promise<Uint8Array> {
  const direction = languageDirection(language);
  const { bytes } = await renderDocument(
    documentOf({ title: '', direction, language, paragraphs }),
    'pdf',
    'x',
  );
  return bytes;
}

const readers = { 'pdf.js': textInPdfJs, PDFium: textInPdfium };
const cases = Object.keys(texts).flatMap((language) =>
  Object.entries(readers).map(([reader, read]) => ({ language, reader, read })),
);

test.each(cases)('$reader finds the words of a PDF: $language', async ({ language, read }) => {
  const text = await read(await pdfOf(language));
  const words = wordsOf((texts[language] ?? []).join(' '), language);
  expect(words.length).toBeGreaterThan(5);
  expect(shareFound(text, words, language)).toBeGreaterThanOrEqual(0.95);
});

describeWithPoppler('with Poppler', () => {
  test.each(Object.keys(texts))('Poppler finds the words of a PDF: %s', async (language) => {
    const words = wordsOf((texts[language] ?? []).join(' '), language);
    expect(shareFound(markedPdfText(await pdfOf(language)), words, language)).toBeGreaterThanOrEqual(0.95);
  });
});

/** Returns how many phrases of five words are found, line ends and direction marks apart. */
function sharePhrases(read: string, paragraphs: readonly string[]): number {
  const solid = (text: string) => text.replace(/[\u200e\u200f]/g, '').replace(/\s+/g, ' ');
  const phrases = paragraphs.flatMap((paragraph) => {
    const words = paragraph.split(' ');
    return words.slice(4).map((_, at) => words.slice(at, at + 5).join(' '));
  });
  return phrases.filter((phrase) => solid(read).includes(phrase)).length / phrases.length;
}

describe('phrases of Persian', () => {
  test('pdf.js finds phrases of Persian with Latin words, half-spaces, marks and an emoji', async () => {
    const pdf = await pdfOf('fa', persian);
    expect(sharePhrases(await textInPdfJs(pdf), persian)).toBeGreaterThanOrEqual(0.95);
  });

  test('no reader finds a space before the mark that ends a word', async () => {
    const pdf = await pdfOf('fa', persian);
    for (const text of [await textInPdfJs(pdf), await textInPdfium(pdf)]) {
      expect(text).not.toMatch(/\s\p{M}/u);
      expect(text.match(/لطفاً|مثلاً|بعداً|حتماً|واقعاً|احتمالاً|قبلاً|تقریباً/g)).toHaveLength(8);
    }
  });
});
