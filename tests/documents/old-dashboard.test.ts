import { expect, test } from 'vitest';
import { documentOf } from './content.ts';
import { documentXml, unzip } from './files.ts';
import { describeWithPoppler, pdfText, pdfWords } from './poppler.ts';
import { layoutOf } from './recorded-layout.ts';
import { renderDocument } from './render-document.ts';

/*
 * Regression tests for the documents of Dabir's predecessor, a Django and Celery dashboard (docs/faults.md).
 * It wrapped lines at 90 characters and reversed them itself: 29 of 590 lines were scrambled.
 */

const sentence =
  'در این گفت‌وگو دربارهٔ JavaScript و TypeScript می‌پرسیم، و (متن داخل پرانتز) و کتاب‌ها حرف می‌زنیم؛ Node.js هم هست. ';
const paragraphs = Array.from({ length: 26 }, (_, index) => sentence.repeat(3 + (index % 5)).trim());

test('no line is laid out in the wrong order, also where it begins with a Latin word', () => {
  let latin = 0;
  for (const paragraph of paragraphs) {
    for (const { runs } of layoutOf(paragraph, 'fa').lines) {
      const logical = runs.toSorted((one, other) => one.start - other.start);
      // The first word in reading order is on the right, the last one on the left.
      expect(runs.at(-1)?.start).toBe(logical[0]?.start);
      expect(runs[0]?.text).toBe(logical.at(-1)?.text);
      if (/^[a-z]/i.test(logical[0]?.text ?? '')) latin++;
    }
  }
  expect(latin).toBeGreaterThan(10);
});

describeWithPoppler('the PDF', () => {
  test('the PDF has no line outside the margins, a title, and a number on each page', async () => {
    const { bytes } = await renderDocument(documentOf({ paragraphs }), 'pdf', 'x');
    const pages = pdfWords(bytes);
    expect(pages.length).toBeGreaterThan(2);
    for (const { width, words } of pages) {
      // Punctuation hangs over the edge by a part of its width; letters do not.
      for (const { text, xMin, xMax } of words) {
        expect(xMin, text).toBeGreaterThan(/[\p{P}]$/u.test(text) ? 68 : 70);
        expect(xMax, text).toBeLessThan(width - (/^[\p{P}]/u.test(text) ? 68 : 70));
      }
    }
    const text = pdfText(bytes);
    expect(text).toContain('گفت‌وگو دربارهٔ Dabir');
    for (const number of ['۱', '۲', '۳']) expect(text).toMatch(new RegExp(`^${number}$`, 'm'));
  });

  test('the PDF has every occurrence of each word, with half-spaces and brackets', async () => {
    const text = pdfText((await renderDocument(documentOf({ title: '', paragraphs }), 'pdf', 'x')).bytes);
    const source = paragraphs.join(' ');
    const count = (where: string, word: string) => where.split(word).length - 1;
    for (const word of ['گفت‌وگو', 'کتاب‌ها', 'می‌زنیم', 'پرانتز', 'TypeScript', 'دربارهٔ'])
      expect(count(text, word), word).toBe(count(source, word));
    // No letter as one of its presentation forms (Arabic Presentation Forms).
    expect(text).not.toMatch(/[\ufb50-\ufdff\ufe70-\ufefc]/);
    expect(count(text, '(')).toBe(count(source, '('));
    expect(text).toMatch(/\(متن/);
    expect(text).toMatch(/پرانتز\)/);
  });
});

test('every Persian paragraph and run of the DOCX is marked right-to-left, with a font and size for its script', async () => {
  const { bytes } = await renderDocument(documentOf({ paragraphs: ['سلام دنیا.', 'خوبی؟'] }), 'docx', 'x');
  const xml = documentXml(bytes);
  expect(xml.match(/<w:p>/g)).toHaveLength(3);
  expect(xml.match(/<w:bidi\/><\/w:pPr>/g)).toHaveLength(3);
  const persianRuns = (xml.match(/<w:r>.*?<\/w:r>/gs) ?? []).filter((run) => /\p{Script=Arabic}/u.test(run));
  expect(persianRuns).toHaveLength(3);
  for (const run of persianRuns) expect(run).toContain('<w:rtl/>');
  const styles = unzip(bytes).get('word/styles.xml') ?? '';
  expect(/<w:rPrDefault>.*<\/w:rPrDefault>/s.exec(styles)?.[0]).toMatch(
    /w:cs="Tahoma".*<w:szCs w:val="24"\/>/s,
  );
});

test('a Persian file name is kept', async () => {
  expect((await renderDocument(documentOf({}), 'pdf', 'گفت‌وگوی ۱')).fileName).toBe('گفت‌وگوی ۱.pdf');
});
