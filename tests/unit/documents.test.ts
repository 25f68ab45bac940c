import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renderDocument } from '../../src/documents/documents.ts';
import { type DocumentContent, documentFormats } from '../../src/domain/document.ts';
import { unpackPdf, unzip } from './documents-files.ts';

const content: DocumentContent = {
  title: 'گفت‌وگو دربارهٔ Dabir',
  direction: 'rtl',
  language: 'fa',
  facts: [
    { label: 'مدت', value: '۳:۲۵' },
    { label: 'موتور', value: 'Whisper (local)' },
  ],
  paragraphs: ['سلام، عدد ۱۲۳ و (متن English داخل) است.', 'This one is English & <fine>.'],
};

it('writes text that every viewer reads', async () => {
  const { fileName, contentType, bytes } = await renderDocument(content, 'txt', content.title);
  expect(fileName).toBe('گفت‌وگو دربارهٔ Dabir.txt');
  expect(contentType).toBe('text/plain; charset=utf-8');
  expect(Buffer.from(bytes).toString('utf8')).toBe(
    '\ufeffگفت‌وگو دربارهٔ Dabir\r\nمدت: ۳:۲۵\r\nموتور: Whisper (local)\r\n\r\n' +
      'سلام، عدد ۱۲۳ و (متن English داخل) است.\r\n\r\nThis one is English & <fine>.\r\n',
  );
});

it('writes a Word file whose paragraphs and runs say their direction', async () => {
  const { fileName, bytes } = await renderDocument(content, 'docx', 'x');
  expect(fileName).toBe('x.docx');
  const entries = unzip(bytes);
  const body = entries.get('word/document.xml') ?? '';
  const paragraphs = body.match(/<w:p>.*?<\/w:p>/gs) ?? [];
  expect(paragraphs.map((xml) => /<w:pStyle w:val="(\w+)"/.exec(xml)?.[1])).toEqual([
    'Title',
    'Facts',
    'Facts',
    'BodyText',
    'BodyText',
  ]);
  const [title, , engine, persian, english] = paragraphs;
  for (const xml of [title, engine, persian]) expect(xml).toContain('<w:bidi/>');
  expect(english).toContain('<w:bidi w:val="false"/>');
  expect(english).not.toContain('<w:rtl/>');
  expect(english).toContain('This one is English &amp; &lt;fine&gt;.');
  expect(title).not.toContain('<w:b w:val="false"/>');
  const runs = (persian?.match(/<w:r>.*?<\/w:r>/gs) ?? []).map((xml) => [
    /<w:t[^>]*>(.*?)<\/w:t>/.exec(xml)?.[1],
    xml.includes('<w:rtl/>'),
    xml.includes('w:bidi="fa-IR"'),
  ]);
  expect(runs).toEqual([
    ['سلام، عدد ۱۲۳ و (متن ', true, true],
    ['English', false, true],
    [' داخل) است.', true, true],
  ]);
  const styles = entries.get('word/styles.xml') ?? '';
  expect(styles).toContain('<w:szCs w:val="24"/>');
  expect(styles).toContain('w:cs="Tahoma"');
  expect(entries.get('docProps/core.xml')).toContain('<dc:title>گفت‌وگو دربارهٔ Dabir</dc:title>');
});

it('writes a PDF with its language, title, font and letters', async () => {
  const { contentType, bytes } = await renderDocument(content, 'pdf', 'x');
  expect(contentType).toBe('application/pdf');
  const text = unpackPdf(bytes);
  expect(text).toContain('/Lang (fa)');
  expect(text).toMatch(/\/MediaBox \[0 0 595\.\d+ 841\.\d+\]/);
  expect(text).toContain('Vazirmatn-Regular');
  expect(text).toContain('Vazirmatn-Bold');
  const letters = [...text.matchAll(/beginbfrange(.*?)endbfrange/gs)].map(([range]) => range).join(' ');
  // سلام and ۱, and no presentation forms.
  for (const code of ['0633', '0644', '0627', '0645', '06f1', '200c']) expect(letters).toContain(`<${code}>`);
  expect(letters).not.toMatch(/<(fb[5-9a-f]|fc|fd|fe[7-9a-e])[0-9a-f]*>/);
});

const hasPdftotext = spawnSync('pdftotext', ['-v']).error === undefined;

it.runIf(hasPdftotext)('writes a PDF in which words are found as they are read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dabir-documents-'));
  try {
    const path = join(folder, 'a.pdf');
    const long = {
      ...content,
      paragraphs: Array.from({ length: 60 }, () => 'سلام، کتاب‌ها را می‌خوانیم؛ عدد ۱۲۳ است.'),
    };
    writeFileSync(path, (await renderDocument(long, 'pdf', 'x')).bytes);
    const text = execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }).replace(/[\u202a-\u202e]/g, '');
    for (const word of ['سلام', 'کتاب‌ها', 'می‌خوانیم', 'گفت‌وگو', 'دربارهٔ', '۱۲۳', 'Dabir', '(local)']) {
      expect(text).toContain(word);
    }
    // The second page's number, in the document's digits.
    expect(text).toMatch(/^۲$/m);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('starts a new paragraph at a line break and leaves nothing else out', async () => {
  const broken = {
    ...content,
    title: 'a\nb',
    facts: [],
    paragraphs: ['one\ntwo\r\n\r\nthree\u2028four', '', ' '],
  };
  const { bytes } = await renderDocument(broken, 'txt', 'x');
  expect(Buffer.from(bytes).toString('utf8')).toBe(
    '\ufeffa b\r\n\r\none\r\n\r\ntwo\r\n\r\nthree\r\n\r\nfour\r\n',
  );
});

it('writes an empty document, and one with a language that is none', async () => {
  for (const format of documentFormats) {
    const empty = { title: '', direction: 'ltr', language: '_', facts: [], paragraphs: [] } as const;
    expect((await renderDocument(empty, format, '')).fileName).toBe(`document.${format}`);
  }
});

/** Any UTF-16 at all: half surrogate pairs, controls, direction marks, characters that XML forbids. */
const anyUnit = fc.oneof(
  fc.constantFrom(0x00, 0x08, 0x0b, 0x1b, 0x7f, 0x85, 0xfffe, 0xffff, 0xd800, 0xdbff, 0xdc00, 0xdfff),
  fc.constantFrom(
    0x200b,
    0x200c,
    0x200d,
    0x200e,
    0x200f,
    0x202a,
    0x202b,
    0x202c,
    0x202d,
    0x202e,
    0x2066,
    0x2067,
    0x2069,
  ),
  fc.integer({ min: 0x20, max: 0x7e }),
  fc.integer({ min: 0x600, max: 0x6ff }),
  fc.integer({ min: 0, max: 0xffff }),
);
const anyText = fc.array(anyUnit, { maxLength: 60 }).map((units) => String.fromCharCode(...units));
const anyContent = fc.record({
  title: anyText,
  direction: fc.constantFrom('rtl' as const, 'ltr' as const),
  language: fc.constantFrom('fa', 'en', 'ar-EG', 'not a language'),
  facts: fc.array(fc.record({ label: anyText, value: anyText }), { maxLength: 2 }),
  paragraphs: fc.array(anyText, { maxLength: 4 }),
});

it('writes any text at all', async () => {
  await fc.assert(
    fc.asyncProperty(anyContent, async (anything) => {
      for (const format of documentFormats) {
        const { bytes } = await renderDocument(anything, format, anything.title);
        if (format === 'docx') {
          const xml = unzip(bytes).get('word/document.xml') ?? '';
          // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them
          expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
        } else expect(bytes.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 300, seed: 20_261_122 },
  );
}, 60_000);
