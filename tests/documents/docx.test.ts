import { expect, test } from 'vitest';
import { defaultLook } from '../../src/domain/document.ts';
import { type Described, documentOf, spoken } from './content.ts';
import { documentXml, unzip } from './files.ts';
import { renderDocument } from './render-document.ts';

const docx = async (described: Described) => (await renderDocument(documentOf(described), 'docx', 'x')).bytes;
const stylesOf = (xml: string) => [...xml.matchAll(/<w:pStyle w:val="(\w+)"/g)].map(([, style]) => style);

const paragraphs = ['سلام، عدد ۱۲۳ و (متن English داخل) است.', 'This one is English & <fine>.'];

test('the DOCX names a style and a direction for each paragraph', async () => {
  const xml = documentXml(await docx({ facts: [{ label: 'مدت', value: '۳:۲۵' }], paragraphs }));
  expect(stylesOf(xml)).toEqual(['Title', 'Facts', 'BodyText', 'BodyText']);
  const [, , persian = '', english = ''] = xml.match(/<w:p>.*?<\/w:p>/gs) ?? [];
  expect(persian).toContain('<w:bidi/>');
  expect(english).not.toContain('<w:bidi/>');
  expect(english).not.toContain('<w:rtl/>');
  expect(english).toContain('This one is English &amp; &lt;fine&gt;.');
  const runs = (persian.match(/<w:r>.*?<\/w:r>/gs) ?? []).map((run) => [
    /<w:t[^>]*>(.*?)<\/w:t>/.exec(run)?.[1],
    run.includes('<w:rtl/>'),
  ]);
  expect(runs).toEqual([
    ['سلام، عدد ۱۲۳ و (متن ', true],
    ['English', false],
    [' داخل) است.', true],
  ]);
});

test('the DOCX keeps font, size and language of both kinds of script in styles, and none in the text', async () => {
  const entries = unzip(await docx({ paragraphs }));
  const styles = entries.get('word/styles.xml') ?? '';
  expect(styles).toContain('w:cs="Tahoma"');
  expect(styles).toContain('<w:szCs w:val="24"/>');
  expect(styles).toContain('w:bidi="fa-IR"');
  for (const id of ['BodyText', 'Speaker', 'Facts', 'Timestamp', 'LowConfidence', 'Header', 'Footer'])
    expect(styles).toContain(`w:styleId="${id}"`);
  expect(entries.get('word/document.xml')).not.toMatch(/<w:(sz|szCs|rFonts|color|jc|b|lang|spacing)\b/);
  expect(entries.get('word/fontTable.xml')).toContain('<w:altName w:val="Vazirmatn,');
});

test('the DOCX has a title, a right-to-left page, a running title and page numbers', async () => {
  const entries = unzip(await docx({ paragraphs }));
  expect(entries.get('docProps/core.xml')).toContain('<dc:title>گفت‌وگو دربارهٔ Dabir</dc:title>');
  const section = /<w:sectPr>.*<\/w:sectPr>/s.exec(entries.get('word/document.xml') ?? '')?.[0] ?? '';
  expect(section).toContain('<w:bidi/>');
  expect(section).toContain('<w:titlePg');
  const headers = [...entries.keys()].filter((name) => /word\/header\d\.xml/.test(name));
  expect(headers.map((name) => entries.get(name)).join()).toContain('گفت‌وگو دربارهٔ Dabir');
  const footers = [...entries.keys()].filter((name) => /word\/footer\d\.xml/.test(name));
  expect(footers.map((name) => entries.get(name)).join()).toContain('PAGE');
});

test('the DOCX names speakers in a style of their own, and has times and low-confidence marks on request', async () => {
  const words = [
    { text: 'سلام', start: 61, end: 61.5, probability: 0.9 },
    { text: 'مینا', start: 61.5, end: 62, probability: 0.2 },
  ];
  const lowConfidence = {
    speaker: 'سارا',
    segments: [{ start: 61, end: 62, text: 'سلام مینا', original: '', words }],
  };
  const look = { ...defaultLook, hasTimes: true, marksLowConfidence: true };
  const xml = documentXml(await docx({ title: '', look, paragraphs: [lowConfidence] }));
  expect(stylesOf(xml)).toEqual(['Title', 'Speaker', 'BodyText']);
  expect(xml).toMatch(/<w:rStyle w:val="Timestamp"\/><w:rtl\/><\/w:rPr><w:t xml:space="preserve">۱:۰۱ /);
  expect(xml).toMatch(/<w:rStyle w:val="LowConfidence"\/><w:rtl\/><\/w:rPr><w:t xml:space="preserve">مینا</);
});

test('the DOCX sets a table from the right, with a head on every page, and a column of speakers where there are some', async () => {
  const look = { ...defaultLook, isTable: true };
  const talk = [spoken('سلام.', 0, 61, 'مینا'), spoken('بله.', 61, 62, 'سارا')];
  const xml = documentXml(await docx({ look, paragraphs: talk }));
  expect(xml).toContain('<w:bidiVisual/>');
  expect(xml).toContain('<w:tblHeader/>');
  const rows = [...xml.matchAll(/<w:tr>.*?<\/w:tr>/gs)].map(([row]) =>
    [...row.matchAll(/<w:t [^>]*>(.*?)<\/w:t>/g)].map(([, text]) => text),
  );
  expect(rows).toEqual([
    ['زمان', 'گوینده', 'متن'],
    ['۰:۰۰', 'مینا', 'سلام.'],
    ['۱:۰۱', 'سارا', 'بله.'],
  ]);
  const alone = documentXml(await docx({ look, direction: 'ltr', paragraphs: ['a', 'b'] }));
  expect(alone).not.toContain('<w:bidiVisual/>');
  expect(alone.match(/<w:gridCol/g)).toHaveLength(2);
});

test('the DOCX is a ZIP of well-formed parts, each named once', async () => {
  const bytes = Buffer.from(await docx({ paragraphs }));
  const entries = unzip(bytes);
  expect(bytes.readUInt16LE(bytes.length - 12)).toBe(entries.size);
  for (const [name, xml] of entries) {
    expect(xml, name).toMatch(/^<\?xml /);
    expect(unclosedTags(xml), name).toEqual([]);
  }
});

/** Returns the tags that are open at the end, or closed in another order. */
function unclosedTags(xml: string): string[] {
  const open: string[] = [];
  for (const [, isEnd, name = '', isEmpty] of xml.matchAll(/<(\/?)([\w:]+)[^>]*?(\/?)>/g)) {
    if (isEmpty === '/') continue;
    if (isEnd === '') open.push(name);
    else if (open.pop() !== name) return [...open, name];
  }
  return open;
}

test('a Persian paragraph that begins with a Latin word is right-to-left in DOCX', async () => {
  const xml = documentXml(await docx({ paragraphs: ['Docker و PostgreSQL روی سرور (خانم رضایی).'] }));
  const last = xml.match(/<w:p>.*?<\/w:p>/gs)?.at(-1) ?? '';
  expect(last).toContain('<w:bidi/>');
  // The space after «Docker» belongs to the paragraph, not to the Latin word.
  expect(last).toContain('>Docker</w:t>');
});

test('a Latin name stands on the side on which the Persian text begins', async () => {
  const talk = [spoken('سلام دوستان', 0, 2, 'Mina (guest)')];
  const xml = documentXml(await docx({ paragraphs: talk }));
  expect(xml).toContain('<w:pStyle w:val="Speaker"/><w:jc w:val="right"/></w:pPr>');
  const table = documentXml(await docx({ paragraphs: talk, look: { ...defaultLook, isTable: true } }));
  expect(table).toContain('<w:pStyle w:val="TableHead"/><w:jc w:val="right"/></w:pPr>');
});

test('every line spacing of the DOCX states its rule, which LibreOffice takes for points otherwise', async () => {
  const styles = unzip(await docx({ paragraphs })).get('word/styles.xml') ?? '';
  const spacings = styles.match(/<w:spacing [^>]*w:line="\d+"[^>]*>/g) ?? [];
  expect(spacings.length).toBeGreaterThan(4);
  for (const spacing of spacings) expect(spacing).toContain('w:lineRule="auto"');
});

test('the DOCX of Hindi has its own language for complex scripts', async () => {
  const hindi = { language: 'hi', direction: 'ltr', paragraphs: ['श्री'] } as const;
  expect(unzip(await docx(hindi)).get('word/styles.xml')).toContain('w:bidi="hi-IN"');
});

test('the same content makes the same DOCX, dated as the upload', async () => {
  const [one, other] = [await docx({ paragraphs }), await docx({ paragraphs })];
  expect(Buffer.from(one).equals(other)).toBe(true);
  const dates = unzip(one)
    .get('docProps/core.xml')
    ?.match(/>2026-11-22T16:45:00\.000Z</g);
  expect(dates).toHaveLength(2);
});
