import { expect, test } from 'vitest';
import { baseDirection, languageDirection } from '../../src/documents/layout/base-direction.ts';
import { firstStrongDirection } from '../../src/documents/layout/direction.ts';
import { documentOf } from './content.ts';
import { documentXml, textOf } from './files.ts';
import { parseSrt, parseVtt } from './parse-subtitles.ts';
import { describeWithPoppler, pdfText } from './poppler.ts';
import { renderDocument } from './render-document.ts';
import { type GalleryText, gallery } from './texts.ts';

function documentOfText({ language, paragraphs }: GalleryText) {
  const direction = firstStrongDirection(paragraphs.join(' ')) ?? 'ltr';
  return documentOf({ title: '', direction, language, paragraphs });
}

const render = async (text: GalleryText, format: Parameters<typeof renderDocument>[1]) =>
  renderDocument(documentOfText(text), format, text.name);

/** Removes white space, which also marks the ends of lines, so that it is not compared. */
const solid = (text: string) => text.replace(/\s/gu, '');

test.each(gallery)('$name: every format holds every letter, in order', async (text) => {
  const all = solid(text.paragraphs.join(''));
  const pdf = await render(text, 'pdf');
  expect(pdf.missingGlyphs).toEqual([]);
  const seen = (file: string) => solid(file).replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
  expect(seen(textOf((await render(text, 'txt')).bytes))).toBe(all);
  expect(seen(textOf((await render(text, 'md')).bytes).replace(/\\(.)/g, '$1'))).toBe(all);
  const json = JSON.parse(textOf((await render(text, 'json')).bytes));
  expect(
    json.paragraphs.map((paragraph: { segments: { text: string }[] }) => paragraph.segments[0]?.text),
  ).toEqual(text.paragraphs);
  for (const cues of [
    parseSrt(textOf((await render(text, 'srt')).bytes)),
    parseVtt(textOf((await render(text, 'vtt')).bytes)),
  ]) {
    const shown = cues.map((cue) => cue.text).join('');
    expect(seen(shown)).toBe(all);
  }
});

test.each(gallery)('$name: the DOCX states each paragraph’s and each run’s direction', async (text) => {
  const xml = documentXml((await render(text, 'docx')).bytes);
  const paragraphs = [...xml.matchAll(/<w:p>(.*?)<\/w:p>/gs)].slice(1).map(([, inner = '']) => inner);
  expect(paragraphs).toHaveLength(text.paragraphs.length);
  for (const [index, inner] of paragraphs.entries()) {
    const source = text.paragraphs[index] ?? '';
    const usual = languageDirection(text.language);
    expect(inner.includes('<w:bidi/>')).toBe(baseDirection(source, usual) === 'rtl');
    const runs = [...inner.matchAll(/<w:r>(.*?)<\/w:r>/gs)].map(([, run = '']) => ({
      text: unescapeXml(/<w:t xml:space="preserve">(.*)<\/w:t>/s.exec(run)?.[1] ?? ''),
      isRightToLeft: run.includes('<w:rtl/>'),
    }));
    expect(runs.map((run) => run.text.replace(/[\u2066\u2069]/g, '')).join('')).toBe(source);
    for (const run of runs) {
      if (/\p{Script=Latin}/u.test(run.text)) expect(run.isRightToLeft, run.text).toBe(false);
      if (/(?=\p{L})[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(run.text))
        expect(run.isRightToLeft, run.text).toBe(true);
    }
  }
});

function unescapeXml(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/**
 * Texts of which only the words are looked for. Poppler has its own order where directions meet: it puts
 * marks and spaces on either side, and reads a mostly Latin line from the left. In all other texts every
 * letter, mark, half-space and digit is found in order.
 */
const foundByWords = new Set(['persian-mixed', 'english-mixed', 'addresses', 'hebrew']);

describeWithPoppler('in Poppler', () => {
  const letters = (text: string) => text.replace(/[^\p{L}\p{M}\p{Nd}\p{Extended_Pictographic}\u200c]/gu, '');

  test.each(gallery)('$name: its text is found in the PDF', async (text) => {
    const read = pdfText((await render(text, 'pdf')).bytes);
    const source = text.paragraphs.join(' ');
    if (foundByWords.has(text.name)) {
      for (const word of source.match(/[\p{L}\p{M}\p{Nd}\u200c]+/gu) ?? []) expect(read).toContain(word);
    } else {
      const pageNumber = /\n\S{1,2}\s*$/u;
      expect(letters(read.replace(pageNumber, ''))).toBe(letters(source));
    }
  });

  test('half-spaces, brackets and marks stay with their words in the PDF', async () => {
    const text = 'کتاب‌ها را (با پرانتز) و «گیومه» و [کروشه] می‌خوانیم. همهٔ آن‌ها را.';
    const read = pdfText(
      (await renderDocument(documentOf({ title: '', paragraphs: [text] }), 'pdf', 'x')).bytes,
    );
    for (const word of ['کتاب‌ها', '(با پرانتز)', '«گیومه»', '[کروشه]', 'می‌خوانیم', 'همهٔ', 'آن‌ها'])
      expect(read).toContain(word);
  });
});
