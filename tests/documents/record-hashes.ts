/**
 * Prints one line for each document of a corpus: what it is, and the SHA-256 of its bytes and of its contents (the
 * entries of a DOCX, the unpacked streams of a PDF). Run it before and after a change that must not alter documents,
 * and compare: node tests/documents/record-hashes.ts > before.txt
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { spokenHours } from '../../bench/support/spoken-hours.ts';
import {
  type DocumentContent,
  type DocumentFile,
  type DocumentFormat,
  defaultLook,
  documentFormats,
} from '../../src/domain/document.ts';
import { anyContent } from './anything.ts';
import { documentOf, spoken } from './content.ts';
import { unpackPdf, unzip } from './files.ts';
import { renderDocument } from './render-document.ts';
import { gallery } from './texts.ts';

const rich = {
  ...defaultLook,
  isTable: true,
  hasTimes: true,
  marksLowConfidence: true,
  isJustified: false,
} as const;
const sentences: Record<string, string> = JSON.parse(
  await readFile(new URL('../fixtures/documents/sentences.json', import.meta.url), 'utf8'),
);

const directionOf = (language: string) =>
  ['Arab', 'Hebr', 'Thaa'].includes(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr';

function* corpus(): Generator<[string, DocumentContent]> {
  const hour = [...spokenHours(1, true)];
  yield ['an hour', documentOf({ paragraphs: hour })];
  yield ['a rich hour', documentOf({ paragraphs: hour, look: rich })];
  const talk = hour.map((paragraph, index) => ({ ...paragraph, speaker: index % 3 === 0 ? 'مینا' : 'Sara' }));
  yield ['a conversation', documentOf({ paragraphs: talk, look: { ...rich, isTable: false } })];
  for (const { language, name, paragraphs } of gallery) {
    const direction = directionOf(language);
    yield [`gallery ${name}`, documentOf({ title: '', language, direction, paragraphs })];
    const spokenTexts = paragraphs.map((text, index) => spoken(text, index * 10, index * 10 + 10, 'Mina'));
    yield [`rich gallery ${name}`, documentOf({ language, direction, paragraphs: spokenTexts, look: rich })];
  }
  for (const [language, sentence] of Object.entries(sentences)) {
    const paragraphs = [sentence, `${sentence} ${sentence} (۱۲۳) ${sentence}`];
    yield [`sentence ${language}`, documentOf({ language, direction: directionOf(language), paragraphs })];
  }
  for (const [index, content] of fc.sample(anyContent, { numRuns: 200, seed: 17 }).entries())
    yield [`anything ${index}`, content];
}

function contentsOf(format: DocumentFormat, { bytes }: DocumentFile): string {
  if (format === 'pdf') return unpackPdf(bytes);
  if (format !== 'docx') return '';
  const entries = [...unzip(bytes)].map(([name, text]) => `${name}\n${text}`);
  return entries.join('\n').replace(/<dcterms:\w+ [^>]*>[^<]*/g, '');
}

const hash = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex').slice(0, 16);

for (const [name, content] of corpus()) {
  for (const format of documentFormats) {
    const file = await renderDocument(content, format, 'x');
    console.log(`${name} · ${format} · ${hash(file.bytes)} · ${hash(contentsOf(format, file))}`);
  }
}
