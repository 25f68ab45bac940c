import { expect, test } from 'vitest';
import { defaultLook } from '../../src/domain/document.ts';
import { unclosedTags } from './check-file.ts';
import { checkerTimeoutMs, describeWithCheckers, runChecker } from './checkers.ts';
import { type Described, documentOf, spoken } from './content.ts';
import { unzip } from './files.ts';
import { renderDocument } from './render-document.ts';

const epub = async (described: Described) => (await renderDocument(documentOf(described), 'epub', 'x')).bytes;

/** A recording of 35 minutes with two speakers, everything on. */
const lecture: Described = {
  title: 'A & B <گفت‌وگو>',
  facts: [{ label: 'مدت', value: '۳۵:۰۰' }],
  look: { ...defaultLook, hasTimes: true, marksLowConfidence: true },
  source: {
    fileName: 'lecture.mp3',
    sentAt: '2026-11-22T16:45:00.000Z',
    durationSeconds: 2100,
    engine: 'Whisper',
    language: 'fa',
  },
  paragraphs: [
    {
      speaker: 'مینا',
      segments: [
        {
          start: 0,
          end: 9,
          text: 'سلام <b> &amp;',
          original: '',
          words: [{ text: 'سلام', start: 0, end: 1, probability: 0.1 }],
        },
      ],
    },
    ...Array.from({ length: 34 }, (_, minute) =>
      spoken(
        minute === 3 ? 'Look at https://example.com/a?b=1&c=2.' : `دقیقهٔ ${minute + 1}، تلفن ۰۲۱-۵۱۴۹.`,
        (minute + 1) * 60,
        (minute + 1) * 60 + 50,
        minute % 2 === 0 ? 'Sara' : 'مینا',
      ),
    ),
  ],
};

test('the EPUB begins with its type, uncompressed, at the place where readers look for it', async () => {
  const bytes = Buffer.from(await epub(lecture));
  expect(bytes.toString('latin1', 30, 38)).toBe('mimetype');
  expect(bytes.toString('latin1', 38, 58)).toBe('application/epub+zip');
  expect(bytes.readUInt16LE(8)).toBe(0);
});

test('the EPUB has a chapter for every ten minutes, and lists them in order', async () => {
  const entries = unzip(await epub(lecture));
  const chapters = [...entries.keys()].filter((name) => name.includes('chapter'));
  expect(chapters).toEqual([1, 2, 3, 4].map((number) => `EPUB/chapter-${number}.xhtml`));
  const listed = [...(entries.get('EPUB/nav.xhtml') ?? '').matchAll(/<a href="(.*?)">(.*?)<\/a>/g)];
  expect(listed.map(([, file, heading]) => [file, heading])).toEqual([
    ['chapter-1.xhtml', '۰:۰۰'],
    ['chapter-2.xhtml', '۱۰:۰۰'],
    ['chapter-3.xhtml', '۲۰:۰۰'],
    ['chapter-4.xhtml', '۳۰:۰۰'],
  ]);
  const minutes = chapters.map((name) => entries.get(name)?.match(/دقیقهٔ \d+/g)?.length);
  expect(minutes).toEqual([8, 10, 10, 5]);
  const opf = entries.get('EPUB/package.opf') ?? '';
  expect(opf.match(/<itemref /g)).toHaveLength(4);
  expect(opf).toContain('<spine page-progression-direction="rtl">');
  expect(opf).toContain('<dc:title>A &amp; B &lt;گفت‌وگو&gt;</dc:title>');
  expect(opf).toContain('<dc:language>fa</dc:language>');
});

test('the EPUB has speakers as headings, links, marked words, and the direction of each paragraph', async () => {
  const first = unzip(await epub(lecture)).get('EPUB/chapter-1.xhtml') ?? '';
  expect(first).toContain('<html xmlns="http://www.w3.org/1999/xhtml"');
  expect(first).toContain('dir="rtl"');
  expect(first).toContain('<h3 class="speaker"><bdi>مینا</bdi></h3>');
  expect(first).toContain('<span class="low-confidence">سلام</span> &lt;b&gt; &amp;amp;');
  expect(first).toContain(
    '<p dir="ltr"><span class="time">۴:۰۰</span> Look at <a href="https://example.com/a?b=1&amp;c=2">',
  );
  expect(first).toContain('\u2066۰۲۱-۵۱۴۹\u2069');
});

test('a short recording is one chapter under the title, and an empty one is still a book', async () => {
  for (const paragraphs of [['سلام.'], []]) {
    const entries = unzip(await epub({ paragraphs }));
    expect([...entries.keys()].filter((name) => name.includes('chapter'))).toEqual(['EPUB/chapter-1.xhtml']);
    expect(entries.get('EPUB/chapter-1.xhtml')).not.toContain('<h2>');
    for (const [name, xml] of entries)
      if (name.endsWith('ml') || name.endsWith('.opf')) expect(unclosedTags(xml), name).toEqual([]);
  }
});

test('the same content makes the same EPUB', async () => {
  expect(Buffer.from(await epub(lecture)).equals(await epub(lecture))).toBe(true);
});

describeWithCheckers('EPUBCheck', () => {
  test(
    'EPUBCheck finds nothing to say',
    async () => {
      const printed = runChecker('com.adobe.epubcheck.tool.Checker', { 'lecture.epub': await epub(lecture) });
      expect(printed).toContain('0 fatals / 0 errors / 0 warnings / 0 infos');
    },
    checkerTimeoutMs,
  );
});
