import { expect, test } from 'vitest';
import { keepLinesTogether } from '../../src/documents/pdf/keep-lines-together.ts';
import { defaultLook } from '../../src/domain/document.ts';
import { type Described, documentOf, spoken } from './content.ts';
import { unpackPdf } from './files.ts';
import { describeWithPoppler, pdfText, pdfWords } from './poppler.ts';
import { renderDocument } from './render-document.ts';

const pdf = async (described: Described) => renderDocument(documentOf(described), 'pdf', 'x');

test('the PDF has its language, title, date, fonts and letters', async () => {
  const { contentType, bytes } = await pdf({ paragraphs: ['سلام، عدد ۱۲۳ و می‌شود.'] });
  expect(contentType).toBe('application/pdf');
  const text = unpackPdf(bytes);
  expect(text).toContain('/Lang (fa)');
  expect(text).toContain('/DisplayDocTitle true');
  expect(text).toContain('D:20261122164500Z');
  expect(text).toMatch(/\/MediaBox \[0 0 595\.28 841\.89\]/);
  expect(text).toContain('Vazirmatn-Regular');
  expect(text).toContain('Vazirmatn-Bold');
  const letters = [...text.matchAll(/beginbfrange(.*?)endbfrange/gs)].map(([range]) => range).join(' ');
  // سلام and ۱, the half-space, and no presentation forms.
  for (const code of ['0633', '0644', '0627', '0645', '06f1', '200c']) expect(letters).toContain(`<${code}>`);
  expect(letters).not.toMatch(/<(fb[5-9a-f]|fc|fd|fe[7-9a-e])[0-9a-f]*>/);
});

test('the PDF comes in Letter format too', async () => {
  const { bytes } = await pdf({ look: { ...defaultLook, page: 'letter' }, paragraphs: ['a'] });
  expect(unpackPdf(bytes)).toMatch(/\/MediaBox \[0 0 612 792\]/);
});

test('missing glyphs are listed in the document and returned to the caller', async () => {
  const { bytes, missingGlyphs } = await pdf({ paragraphs: ['این 𓀀 و 𐎠 و 😀'] });
  expect([...missingGlyphs].sort()).toEqual(['𐎠', '𓀀'].sort());
  // The note itself is drawn with the digits and letters of its numbers.
  const embedded = unpackPdf(bytes);
  expect(embedded).toContain('<d80c dc00>');
  expect(embedded).toContain('NotoEmoji');
});

/** Returns the titles of the outline; those of ASCII letters come as they are, others in UTF-16. */
function outlineOf(bytes: Uint8Array): string[] {
  const file = Buffer.from(bytes).toString('latin1');
  return [
    ...file.matchAll(/\/Dest \[\d+ 0 R \/XYZ 0 ([\d.]+) 0\]\n\/Parent \d+ 0 R\n\/Title \((.*?)\)\n/gs),
  ].map(([, , title = '']) => decodePdfString(title));
}

function decodePdfString(text: string): string {
  const bytes = Buffer.from(text.replace(/\\([\\()])/g, '$1'), 'latin1');
  return bytes[0] === 0xfe
    ? Buffer.from(bytes.subarray(2)).swap16().toString('utf16le')
    : bytes.toString('latin1');
}

test('the PDF’s outline has the speakers’ turns, or else every ten minutes of a long file', async () => {
  const talk = [
    spoken('سلام.', 0, 30, 'Mina'),
    spoken('خوبی؟', 30, 60, 'Mina'),
    spoken('بله.', 65, 70, 'Sara'),
  ];
  expect(outlineOf((await pdf({ language: 'en', paragraphs: talk })).bytes)).toEqual([
    'Mina · 0:00',
    'Sara · 1:05',
  ]);
  const long = Array.from({ length: 30 }, (_, minute) => spoken('سلام.', minute * 60, minute * 60 + 50));
  expect(outlineOf((await pdf({ language: 'en', paragraphs: long })).bytes)).toEqual([
    '0:00',
    '10:00',
    '20:00',
  ]);
  expect(outlineOf((await pdf({ paragraphs: ['کوتاه'] })).bytes)).toEqual([]);
});

/** Returns the lines of a paragraph on each page, for pages with room for a number of lines. */
function pagesOf(lines: number, firstRoom: number, roomOfOthers = 10): number[] {
  const pages = [0];
  let room = firstRoom;
  for (const { startsPage } of keepLinesTogether(Array.from({ length: lines }).keys(), () => room)) {
    if (startsPage) {
      pages.push(0);
      room = roomOfOthers;
    }
    pages[pages.length - 1] = (pages.at(-1) ?? 0) + 1;
    room--;
  }
  return pages;
}

test.each([
  ['a line alone at the foot', 5, 1, [0, 5]],
  ['a line alone at the head', 5, 4, [3, 2]],
  ['three lines where two fit', 3, 2, [0, 3]],
  ['two lines where one fits', 2, 1, [0, 2]],
  ['four lines where two fit', 4, 2, [2, 2]],
  ['one line', 1, 1, [1]],
  ['no room', 1, 0, [0, 1]],
  ['over several pages', 23, 3, [3, 10, 10]],
  ['with one line left over', 24, 3, [3, 10, 9, 2]],
])('page breaks keep lines together: %s', (_, lines, room, pages) => {
  expect(pagesOf(lines, room)).toEqual(pages);
});

describeWithPoppler('the PDF in Poppler', () => {
  const margin = 71;
  const long = Array.from({ length: 60 }, (_, index) =>
    `بند ${index} از گفت‌وگو دربارهٔ TypeScript است و (در پرانتز) کتاب‌ها را می‌خوانیم؛ `.repeat(3),
  );

  test('the PDF in Poppler has its words within the margins, a running title, and page numbers in its digits', async () => {
    const { bytes } = await pdf({ paragraphs: long });
    const pages = pdfWords(bytes);
    expect(pages.length).toBeGreaterThan(2);
    for (const [index, { width, height, words }] of pages.entries()) {
      const footer = words.filter(({ yMin }) => yMin > height - margin);
      expect(footer.map(({ text }) => text)).toEqual([new Intl.NumberFormat('fa').format(index + 1)]);
      const header = words.filter(({ yMax }) => yMax < margin).map(({ text }) => text);
      expect(header.join(' ').includes('Dabir')).toBe(index > 0);
      for (const { text, xMin, xMax } of words) {
        expect(xMin, text).toBeGreaterThan(margin - 1);
        expect(xMax, text).toBeLessThan(width - margin + 1);
      }
    }
  });

  test('the PDF in Poppler has every word of the text, with half-spaces and brackets', async () => {
    const text = pdfText((await pdf({ paragraphs: long })).bytes);
    for (const [index, paragraph] of long.entries()) {
      expect(text).toContain(String(index));
      for (const word of paragraph.match(/[\p{L}\p{M}\u200c]+/gu) ?? []) expect(text).toContain(word);
    }
    expect(text.match(/\(در پرانتز\)/g)?.length).toBeGreaterThan(150);
  });

  test('the PDF in Poppler shows times in the margin and marks low-confidence words on request', async () => {
    const words = [{ text: 'سلام', start: 61, end: 62, probability: 0.1 }];
    const paragraph = {
      speaker: null,
      segments: [{ start: 61, end: 62, text: 'سلام', original: '', words }],
    };
    const plain = await pdf({ paragraphs: [paragraph] });
    const marked = await pdf({
      paragraphs: [paragraph],
      look: { ...defaultLook, hasTimes: true, marksLowConfidence: true },
    });
    expect(pdfText(plain.bytes)).not.toContain('۱:۰۱');
    expect(pdfText(marked.bytes)).toContain('۱:۰۱');
    const latin = await pdf({
      paragraphs: [paragraph],
      look: { ...defaultLook, hasTimes: true, hasLatinDigits: true },
    });
    expect(pdfText(latin.bytes)).toContain('1:01');
    const rectangle = /[\d.]+ [\d.]+ [\d.]+ 0\.8 re/;
    expect(unpackPdf(plain.bytes)).not.toMatch(rectangle);
    expect(unpackPdf(marked.bytes)).toMatch(rectangle);
  });
});

test('where glyphs and letters do not correspond, the text is drawn invisibly, and no reader extracts the visible glyphs', async () => {
  const { bytes } = await pdf({ title: '', language: 'th', direction: 'ltr', paragraphs: ['น้ำ ที่'] });
  const text = unpackPdf(bytes);
  const operators = /3 Tr(.*?)0 Tr(.*?)ET/s.exec(text);
  expect(operators?.[1]).toContain('Tj');
  expect(operators?.[1]).not.toContain('BDC');
  // PDFium leaves out glyphs whose ActualText has no printable character; Poppler takes a line feed for white space.
  expect(text).toContain('/Span <</ActualText <feff000a>>> BDC');
});

test('the page number and the running title come last in a page’s content', async () => {
  const paragraphs = Array.from(
    { length: 60 },
    () => 'A sentence of several words, of which there are many.',
  );
  const { bytes } = await pdf({ title: 'Running', language: 'en', direction: 'ltr', paragraphs });
  const pages = unpackPdf(bytes)
    .split('endobj')
    .filter((stream) => stream.includes(' Tj'));
  expect(pages.length).toBeGreaterThan(1);
  for (const page of pages) {
    const places = [...page.matchAll(/1 0 0 -1 [\d.]+ ([\d.]+) Tm/g)].map(([, y]) => Number(y));
    expect(places[0]).toBeLessThan(150);
    expect(Math.max(...places)).toBeGreaterThan(800);
    expect(places.slice(0, 20).every((y) => y < 790)).toBe(true);
  }
});
