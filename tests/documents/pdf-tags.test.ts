import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { defaultLook } from '../../src/domain/document.ts';
import { checkerTimeoutMs, describeWithCheckers, runChecker } from './checkers.ts';
import { type Described, documentOf, spoken } from './content.ts';
import { unpackPdf } from './files.ts';
import { elementsOf, structureOf, tagProblems } from './pdf-structure.ts';
import { renderDocument } from './render-document.ts';
import { gallery } from './texts.ts';

const pdf = async (described: Described) => (await renderDocument(documentOf(described), 'pdf', 'x')).bytes;
const look = { ...defaultLook, hasTimes: true, marksLowConfidence: true };
const unsure = [{ text: 'سلام', start: 61, end: 62, probability: 0.1 }];
const talk = [
  { speaker: 'مینا', segments: [{ start: 61, end: 62, text: 'سلام', original: '', words: unsure }] },
  spoken('ببینید: https://example.com/a?b=1&c=2 را.', 62, 70, 'Sara'),
  spoken('This paragraph is English.', 70, 80, 'Sara'),
];
/**
 * Everything that is drawn in its own way: titles, facts, speakers, times, marks, links, all scripts, missing glyphs.
 */
const rich: Described = {
  title: 'A & B <گفت‌وگو>',
  look,
  facts: [{ label: 'مدت', value: '۱:۰۰' }],
  paragraphs: [
    ...talk,
    ...gallery.flatMap(({ paragraphs }, part) =>
      paragraphs.map((text, place) => spoken(text, 100 + part * 60 + place, 105 + part * 60 + place, 'مینا')),
    ),
    '𓀀',
  ],
};

test('the PDF has a structure tree: a title, headings for speakers, paragraphs with times, and links', async () => {
  const bytes = await pdf({ look, facts: [{ label: 'مدت', value: '۱:۰۰' }], paragraphs: talk });
  const { tag, children } = structureOf(bytes);
  expect(tag).toBe('Document');
  expect(children.map((child) => child.tag)).toEqual(['H1', 'P', 'H2', 'P', 'H2', 'P', 'P']);
  expect(children[3]?.children.map((child) => child.tag)).toEqual(['Span']);
  expect(children[5]?.children.map((child) => child.tag)).toEqual(['Span', 'Link']);
  expect(unpackPdf(bytes)).toContain('/URI (https://example.com/a?b=1&c=2)');
});

test('a paragraph in another script than the document’s has a language of its own, and so has a word in left-to-right lines', async () => {
  const elements = elementsOf(structureOf(await pdf({ paragraphs: talk })));
  expect(elements.map(({ language }) => language).filter((language) => language !== null)).toEqual([
    'en',
    'en',
  ]);
  const english = {
    title: '',
    language: 'en',
    direction: 'ltr',
    paragraphs: ['The word سلام means hello.'],
  } as const;
  expect(unpackPdf(await pdf(english))).toContain('/Span <</Lang (fa)>> BDC');
});

test('a PDF without a title begins with a heading of the first level, and its pages are labelled as they are numbered', async () => {
  const paragraphs = Array.from({ length: 80 }, (_, at) =>
    spoken('سلام دوستان. '.repeat(20), at, at + 1, 'مینا'),
  );
  const bytes = await pdf({ title: '', paragraphs });
  expect(tagProblems(bytes)).toEqual([]);
  expect(structureOf(bytes).children[0]?.tag).toBe('H1');
  const file = unpackPdf(bytes);
  // The labels are UTF-16: ۱ and ۲.
  const label = (index: number, letter: string) => `${index} <<\n/P (\xfe\xff\x06${letter})\n>>`;
  expect(file).toContain(`/PageLabels <<\n/Nums [${label(0, '\xf1')} ${label(1, '\xf2')}`);
  expect(file).toContain('/Direction /R2L');
});

test('all that is drawn is content of an element or an artifact', async () => {
  expect(tagProblems(await pdf(rich))).toEqual([]);
  expect(tagProblems(await pdf({ title: '', paragraphs: [] }))).toEqual([]);
});

describeWithCheckers('veraPDF', () => {
  test(
    'veraPDF finds nothing in a PDF that PDF/UA-1 forbids',
    async () => {
      const program = fileURLToPath(new URL('checkers/VeraPdf.java', import.meta.url));
      const files = { 'rich.pdf': await pdf(rich), 'empty.pdf': await pdf({ title: '', paragraphs: [] }) };
      const printed = runChecker(program, files);
      expect(printed.match(/^checked \d+/gm)).toHaveLength(2);
      expect(printed.match(/^failed .*/gm)).toBeNull();
    },
    checkerTimeoutMs,
  );
});
