import { expect, test } from 'vitest';
import { documentFormats } from '../../src/domain/document.ts';
import { documentOf } from './content.ts';
import { documentXml, textOf, unzip } from './files.ts';
import { parseSrt, parseVtt } from './parse-subtitles.ts';
import { describeWithPoppler, pdfText } from './poppler.ts';
import { renderDocument } from './render-document.ts';

/** Texts that other programs would interpret. */
const hostile = {
  formula: '=HYPERLINK("http://x.example";"click")',
  html: '<script>alert(1)</script><b onclick=x>&lt;',
  markdown: '[a](javascript:x) ![b](c) # d `e` <!-- f -->',
  subtitle: '{\\an8}<font color=red>00:00:01,000 --> 00:00:02,000</font>',
  xml: ']]></w:t></w:r><w:br/>',
  pdf: ') Tj ET endstream endobj',
} as const;

/** The part with the text, of formats that are ZIP packages. */
const mainParts: Partial<Record<(typeof documentFormats)[number], string>> = {
  docx: 'word/document.xml',
  odt: 'content.xml',
  epub: 'EPUB/chapter-1.xhtml',
};

const render = async (format: (typeof documentFormats)[number], ...paragraphs: string[]) =>
  renderDocument(documentOf({ title: '', direction: 'ltr', language: 'en', paragraphs }), format, 'x');

test.each(Object.entries(hostile))(
  'markup of %s is shown as text in TXT, JSON, DOCX, ODT, EPUB, SRT, VTT and Markdown',
  async (_, text) => {
    expect(textOf((await render('txt', text)).bytes)).toBe(`\ufeff${text}\r\n`);
    expect(JSON.parse(textOf((await render('json', text)).bytes)).paragraphs[0].segments[0].text).toBe(text);
    const xml = documentXml((await render('docx', text)).bytes);
    const shown = [...xml.matchAll(/<w:t [^>]*>([^<]*)<\/w:t>/g)].map(([, part = '']) => part).join('');
    expect(shown.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')).toBe(text);
    for (const format of ['odt', 'epub'] as const) {
      const part = unzip((await render(format, text)).bytes).get(mainParts[format] ?? '') ?? '';
      const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      expect(part.replace(/<\/?(?:text:a|a)(?: [^>]*)?>/g, '')).toContain(escaped);
    }
    const words = text.replace(/\s/g, '');
    const srt = textOf((await render('srt', text)).bytes);
    expect(
      parseSrt(srt)
        .map((cue) => cue.text)
        .join('')
        .replace(/\s/g, ''),
    ).toBe(words);
    expect(srt).not.toMatch(/<[a-z/!]|\{\\/i);
    expect(srt.split('-->').length - 1).toBe(parseSrt(srt).length);
    const vtt = textOf((await render('vtt', text)).bytes);
    expect(
      parseVtt(vtt)
        .map((cue) => cue.text)
        .join('')
        .replace(/\s/g, ''),
    ).toBe(words);
    const markdown = textOf((await render('md', text)).bytes);
    // Every character that begins markup is escaped.
    expect(markdown.replace(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[<>*_`[\]|&$~]|^[#+=-]/m);
  },
);

describeWithPoppler('the PDF', () => {
  test.each(Object.entries(hostile))('the PDF shows markup of %s as text', async (_, text) => {
    const shown = pdfText((await render('pdf', text)).bytes);
    expect(shown.replace(/\s/g, '')).toContain(text.replace(/\s/g, ''));
  });
});

test('a bidi override in a transcript reverses its own line, and nothing after it', async () => {
  const { bytes } = await render('docx', 'abc \u202e fed', 'next');
  const paragraphs = documentXml(bytes).match(/<w:p>.*?<\/w:p>/gs) ?? [];
  expect(paragraphs.at(-1)).not.toContain('<w:rtl/>');
});

test('controls and lone surrogates are left out of documents, and the text around them is kept', async () => {
  const text = 'a\u0000b\u0008c\ud800d\ufffee\u001bf';
  for (const format of documentFormats) {
    const { bytes } = await render(format, text);
    const main = mainParts[format];
    if (main !== undefined) expect(unzip(bytes).get(main)).toContain('abc\ufffddef');
    else if (format === 'txt') expect(textOf(bytes)).toBe('\ufeffabc\ufffddef\r\n');
    else if (format !== 'pdf' && format !== 'json') expect(textOf(bytes)).toContain('abc\ufffddef');
  }
});

test('50,000 line breaks in one segment take no more than a few seconds', async () => {
  const start = performance.now();
  const { bytes } = await render('txt', 'a\n'.repeat(50_000));
  expect(textOf(bytes).match(/a/g)).toHaveLength(50_000);
  expect(performance.now() - start).toBeLessThan(5_000);
});

test('one grapheme of 100,000 units is written in every format', async () => {
  for (const format of documentFormats) {
    expect((await render(format, `a${'\u0301'.repeat(100_000)}`)).bytes.length).toBeGreaterThan(0);
  }
});
