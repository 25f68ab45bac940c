/** Documents with what a language model made of the text: headings of chapters, sections, and two columns. */

import { afterAll, expect, test } from 'vitest';
import { DocumentThread } from '../../src/documents/document-thread.ts';
import { type DocumentContent, documentFormats, paragraphText } from '../../src/domain/document.ts';
import { paragraphsWithExtras } from '../../src/domain/document-extras.ts';
import type { Segment } from '../../src/domain/transcript.ts';
import { documentOf, spoken } from './content.ts';
import { documentXml, textOf, unzip } from './files.ts';
import { elementsOf, structureOf, tagProblems } from './pdf-structure.ts';
import { renderDocument } from './render-document.ts';

const thread = new DocumentThread();
afterAll(() => thread.close());

const segment = (start: number, text: string): Segment => ({
  ...{ start, end: start + 5, text, words: [] },
  ...{ averageLogProbability: null, noSpeechProbability: null, compressionRatio: null },
});
const segments = [segment(0, 'پل را می‌سازیم.'), segment(20, 'هزینه زیاد است.'), segment(40, 'تمام شد.')];
const extras = {
  title: 'پل',
  chapters: [
    { title: 'ساخت', start: 0 },
    { title: 'هزینه', start: 22 },
  ],
  sections: [
    {
      heading: 'خلاصه',
      lines: [
        { text: 'نوشتهٔ یک مدل', start: null },
        { text: 'پل ساخته می‌شود', start: 20 },
      ],
    },
  ],
  place: 'before' as const,
  transcriptHeading: 'متن',
};
const write = (text: string) => text;
const content = documentOf({ paragraphs: paragraphsWithExtras(segments, write, extras) });

test('a chapter has its heading before the segment in which it begins, and sections stand on the chosen side', () => {
  const shown = (place: 'before' | 'after', chapters: typeof extras.chapters) =>
    paragraphsWithExtras(segments, write, { ...extras, chapters, place }).map(
      ({ heading, isAside, ...paragraph }) => [heading ?? null, isAside ?? false, paragraphText(paragraph)],
    );
  const said = [
    ['ساخت', false, 'پل را می‌سازیم.'],
    ['هزینه', false, 'هزینه زیاد است.'],
    [null, false, 'تمام شد.'],
  ];
  const made = [
    ['خلاصه', true, 'نوشتهٔ یک مدل'],
    [null, true, 'پل ساخته می‌شود'],
  ];
  expect(shown('before', extras.chapters)).toEqual([...made, ...said]);
  expect(shown('after', extras.chapters)).toEqual([...said, ...made]);
  expect(shown('before', [])[2]).toEqual(['متن', false, 'پل را می‌سازیم.']);
});

test('every format for readers has the headings, and subtitles and JSON have only what was said', async () => {
  for (const format of documentFormats) {
    const [file] = await thread.render(content, [format], 'x');
    if (file === undefined || format === 'pdf') continue;
    const files = format === 'docx' || format === 'odt' || format === 'epub' ? unzip(file.bytes) : null;
    const text = files === null ? textOf(file.bytes) : [...files.values()].join('\n');
    const isForReaders = !['srt', 'vtt', 'json'].includes(format);
    for (const words of ['خلاصه', 'نوشتهٔ یک مدل'])
      expect(text.includes(words), `${format} ${words}`).toBe(isForReaders);
    if (format !== 'srt' && format !== 'vtt') expect(text, format).toContain('هزینه');
  }
  const { bytes } = await renderDocument(content, 'docx', 'x');
  expect(documentXml(bytes).match(/<w:pStyle w:val="Heading1"/g)).toHaveLength(3);
  const book = unzip((await renderDocument(content, 'epub', 'x')).bytes);
  expect(
    [...(book.get('EPUB/nav.xhtml') ?? '').matchAll(/<a [^>]*>(.*?)<\/a>/g)].map(([, name]) => name),
  ).toEqual(['خلاصه', 'ساخت', 'هزینه']);
});

test('the headings are headings of the PDF', async () => {
  const { bytes } = await renderDocument(content, 'pdf', 'x');
  expect(tagProblems(bytes)).toEqual([]);
  expect(elementsOf(structureOf(bytes)).filter(({ tag }) => tag === 'H2')).toHaveLength(3);
});

const bilingual: DocumentContent = documentOf({
  translation: { language: 'en', headings: { original: 'فارسی', translation: 'انگلیسی' } },
  paragraphs: Array.from({ length: 12 }, (_, index) => ({
    ...spoken(
      'امروز دربارهٔ پل تازه و بودجهٔ آن حرف می‌زنیم. '.repeat(3).trim(),
      index * 10,
      index * 10 + 9,
      'سارا',
    ),
    translation: 'Today we talk about the new bridge and its budget. '.repeat(index === 5 ? 90 : 3).trim(),
  })),
});

test('a bilingual DOCX is a table of two columns, each in its own direction', async () => {
  const [file] = await thread.render(bilingual, ['docx'], 'x');
  const xml = documentXml(file?.bytes ?? new Uint8Array());
  expect(xml).toContain('<w:bidiVisual/>');
  const [, ...rows] = xml.match(/<w:tr>.*?<\/w:tr>/gs) ?? [];
  expect(rows).toHaveLength(12);
  for (const row of rows) {
    const [original = '', translation = ''] = row.match(/<w:tc>.*?<\/w:tc>/gs) ?? [];
    expect(original).toContain('<w:bidi/>');
    expect(original).toContain('سارا');
    expect(translation).not.toContain('<w:bidi/>');
    expect(translation).toContain('Today we talk');
  }
});

test('a bilingual PDF has each text as a paragraph in its language, also where one goes on over several pages', async () => {
  const { bytes } = await renderDocument(bilingual, 'pdf', 'x');
  expect(tagProblems(bytes)).toEqual([]);
  const paragraphs = elementsOf(structureOf(bytes)).filter(({ tag }) => tag === 'P');
  const english = paragraphs.filter(({ language }) => language === 'en');
  expect(paragraphs.length - english.length).toBe(12);
  // The long one is a paragraph on each page that it takes.
  expect(english.length).toBeGreaterThan(12);
});
