import { expect, test } from 'vitest';
import { documentFormats } from '../../src/domain/document.ts';
import { documentOf, spoken } from './content.ts';
import { textOf } from './files.ts';
import { renderDocument } from './render-document.ts';

const content = documentOf({
  facts: [
    { label: 'مدت', value: '۳:۲۵' },
    { label: 'موتور', value: 'C++' },
  ],
  paragraphs: ['سلام، عدد ۱۲۳ و (متن English داخل) است.', 'This one is English & <fine>.'],
});

test('the TXT file holds text that every viewer reads, with the title and the facts after it', async () => {
  const { fileName, contentType, bytes } = await renderDocument(content, 'txt', content.title);
  expect(fileName).toBe('گفت‌وگو دربارهٔ Dabir.txt');
  expect(contentType).toBe('text/plain; charset=utf-8');
  // The signs of C++ would move to its other side, so it is isolated. The duration needs no isolation.
  expect(textOf(bytes)).toBe(
    '\ufeffسلام، عدد ۱۲۳ و (متن English داخل) است.\r\n\r\nThis one is English & <fine>.\r\n' +
      '\r\n* * *\r\nگفت‌وگو دربارهٔ Dabir\r\nمدت: ۳:۲۵\r\nموتور: \u2068C++\u2069\r\n',
  );
});

test('the Markdown file escapes what would be markup', async () => {
  const { bytes, contentType } = await renderDocument(
    documentOf({ title: '# یک', paragraphs: ['1. *not* a [list](x)', '- <b>&amp;', '`code` | $x$'] }),
    'md',
    'x',
  );
  expect(contentType).toBe('text/markdown; charset=utf-8');
  expect(textOf(bytes)).toBe(
    '# \\# یک\n\n1\\. \\*not\\* a \\[list\\](x)\n\n\\- \\<b\\>\\&amp;\n\n\\`code\\` \\| \\$x\\$\n',
  );
});

test('the JSON file holds the text as shown and as transcribed', async () => {
  const word = { text: 'می‌روم', start: 1, end: 2, probability: 0.9 };
  const segment = { start: 1, end: 2, text: 'می‌روم', original: 'می روم', words: [word] };
  const { bytes } = await renderDocument(
    documentOf({ title: 'یک', paragraphs: [{ speaker: 'مینا', segments: [segment] }] }),
    'json',
    'x',
  );
  const { source, labels: _, look: __, direction: ___, ...rest } = { ...documentOf({ title: 'یک' }) };
  expect(JSON.parse(textOf(bytes))).toEqual({
    ...rest,
    source,
    speakers: ['مینا'],
    paragraphs: [{ speaker: 'مینا', segments: [segment] }],
  });
});

test('a speaker is named where the speaker changes', async () => {
  const talk = documentOf({
    title: '',
    paragraphs: [spoken('سلام.', 0, 1, 'مینا'), spoken('خوبی؟', 1, 2, 'مینا'), spoken('بله.', 2, 3, 'سارا')],
  });
  expect(textOf((await renderDocument(talk, 'txt', 'x')).bytes)).toBe(
    '\ufeffمینا\r\nسلام.\r\n\r\nخوبی؟\r\n\r\nسارا\r\nبله.\r\n',
  );
  expect(textOf((await renderDocument(talk, 'md', 'x')).bytes)).toBe(
    '\n**مینا**\n\nسلام.\n\nخوبی؟\n\n**سارا**\n\nبله.\n',
  );
});

test('a line break starts a new paragraph, and nothing else is left out', async () => {
  const broken = documentOf({
    title: 'a\nb',
    direction: 'ltr',
    paragraphs: ['one\ntwo\r\n\r\nthree\u2028four', '', ' '],
  });
  const { bytes } = await renderDocument(broken, 'txt', 'x');
  expect(textOf(bytes)).toBe('\ufeffone\r\n\r\ntwo\r\n\r\nthree\r\n\r\nfour\r\n\r\n* * *\r\na b\r\n');
});

test.each(documentFormats)('an empty %s is written, and one with an unknown language', async (format) => {
  const empty = documentOf({ title: '', direction: 'ltr', language: '_' });
  const { fileName, bytes, missingGlyphs } = await renderDocument(empty, format, '');
  expect(fileName).toBe(`document.${format}`);
  expect(missingGlyphs).toEqual([]);
  // Subtitles and Markdown without content are empty files.
  if (!['srt', 'md'].includes(format)) expect(bytes.length).toBeGreaterThan(0);
});

test('two spaces between words become one in every format, and the engine’s text keeps them', async () => {
  const segment = { start: 0, end: 2, text: 'سلام  دوستان   من', original: 'سلام  دوستان   من', words: [] };
  const double = documentOf({ title: 'الف  ب', paragraphs: [{ speaker: null, segments: [segment] }] });
  expect(textOf((await renderDocument(double, 'txt', 'x')).bytes)).toBe(
    '\ufeffسلام دوستان من\r\n\r\n* * *\r\nالف ب\r\n',
  );
  const json = JSON.parse(textOf((await renderDocument(double, 'json', 'x')).bytes));
  expect(json.paragraphs[0].segments[0]).toMatchObject({
    text: 'سلام دوستان من',
    original: 'سلام  دوستان   من',
  });
});
