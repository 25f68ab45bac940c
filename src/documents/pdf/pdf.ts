import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import {
  type DocumentContent,
  type DocumentParagraph,
  type DocumentTranslation,
  paragraphText,
} from '../../domain/document.ts';
import { lowConfidenceRanges } from '../../domain/low-confidence.ts';
import { baseDirection, languageDirection } from '../layout/base-direction.ts';
import type { Line } from '../layout/paragraph.ts';
import { describeMissingGlyphs } from '../missing-glyphs.ts';
import { timeOf } from '../time-of.ts';
import { titleOf } from '../title-of.ts';
import { writeMetadata } from './metadata.ts';
import { OutlineMarks } from './outline-marks.ts';
import { PageWriter } from './page-writer.ts';
import { gapAfterFacts, lowConfidenceLine, pageSizes, styles } from './styles.ts';

/**
 * Wraps text in a first strong isolate (FSI and PDI, UAX #9), so that it does not affect its label's direction.
 */
const isolate = (text: string) => `\u2068${text}\u2069`;

/**
 * Yields a PDF with embedded fonts, laid out by the bidirectional algorithm, with the digits of the content's
 * language, an outline, and a final note of the characters that could not be drawn. Chunks come as pages fill up,
 * so memory never holds all paragraphs. The file is tagged (PDF/UA-1). The content must be clean (`cleanContent`).
 * @param missingGlyphs collects the characters that no font has
 */
export async function* writePdf(
  content: DocumentContent,
  missingGlyphs: Set<string>,
): AsyncGenerator<Uint8Array> {
  const document = startDocument(content);
  const chunks: Uint8Array[] = [];
  document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    document.once('end', resolve);
    document.once('error', reject);
  });
  const writer = new PageWriter(document, content, missingGlyphs);
  writeHead(writer, content);
  const outline = new OutlineMarks(content);
  let previous: DocumentParagraph | null = null;
  for (const paragraph of content.paragraphs) {
    writeParagraph(writer, content, paragraph, outline.markFor(paragraph, previous), previous);
    previous = paragraph;
    // pdfkit compresses and emits full pages in later turns of the event loop.
    await setImmediate();
    yield* chunks.splice(0);
  }
  if (missingGlyphs.size > 0) {
    writer.write(
      `${content.labels.missingGlyphs}: ${isolate(describeMissingGlyphs(missingGlyphs))}`,
      styles.note,
      { tag: 'P' },
    );
  }
  writer.finish();
  document.end();
  await ended;
  yield* chunks;
}

function startDocument(content: DocumentContent): PDFKit.PDFDocument {
  const { width, height } = pageSizes[content.look.page];
  const document = new PDFDocument({
    size: [width, height],
    margin: 0,
    autoFirstPage: false,
    lang: content.language,
    displayTitle: true,
    tagged: true,
    pdfVersion: '1.7',
    info: {
      Title: titleOf(content),
      Producer: 'Dabir',
      Creator: 'Dabir',
      CreationDate: new Date(content.source.sentAt),
    },
  });
  writeMetadata(document, content);
  return document;
}

function writeHead(writer: PageWriter, { title, facts }: DocumentContent): void {
  writer.write(title, styles.title, { tag: 'H1' });
  for (const { label, value } of facts)
    writer.write(`${label}: ${isolate(value)}`, styles.fact, { tag: 'P' });
  if (facts.length > 0) writer.skip(gapAfterFacts);
}

function writeParagraph(
  writer: PageWriter,
  content: DocumentContent,
  paragraph: DocumentParagraph,
  mark: string | null,
  previous: DocumentParagraph | null,
): void {
  let pending = mark;
  const addMark = (baseline: number, lineHeight: number) => {
    if (pending !== null) writer.addToOutline(pending, baseline - lineHeight);
    pending = null;
  };
  const { look, lowConfidenceBelow } = content;
  const { speaker, heading } = paragraph;
  const direction = languageDirection(content.language);
  if (heading !== undefined) {
    writer.write(heading, styles.heading, {
      // The first heading is of the first level.
      tag: content.title === '' ? 'H1' : 'H2',
      next: 2 * styles.body.lineHeight,
      onLine: (_, __, baseline) => addMark(baseline, styles.heading.lineHeight),
    });
  }
  if (content.translation !== undefined) {
    writeTranslated(writer, content, content.translation, paragraph);
    return;
  }
  if (speaker !== null && speaker !== previous?.speaker) {
    writer.write(speaker, styles.speaker, {
      // The first heading is of the first level.
      tag: content.title === '' ? 'H1' : 'H2',
      alignment: baseDirection(paragraphText(paragraph), direction),
      next: 2 * styles.body.lineHeight,
      onLine: (_, __, baseline) => addMark(baseline, styles.speaker.lineHeight),
    });
  }
  const lowConfidence = look.marksLowConfidence ? lowConfidenceRanges(paragraph, lowConfidenceBelow) : [];
  writer.write(paragraphText(paragraph), styles.body, {
    tag: 'P',
    ...(look.hasTimes && !paragraph.isAside && { marginText: timeOf(paragraph, content) }),
    isJustified: look.isJustified,
    direction,
    onLine: (line, left, baseline) => {
      addMark(baseline, styles.body.lineHeight);
      underlineLowConfidence(writer, line, lowConfidence, left, baseline);
    },
  });
}

/** Writes a paragraph and its translation side by side, each in the direction of its language. */
function writeTranslated(
  writer: PageWriter,
  content: DocumentContent,
  { language }: DocumentTranslation,
  paragraph: DocumentParagraph,
): void {
  const { speaker, translation = '' } = paragraph;
  const name = speaker === null ? '' : `${isolate(speaker)}: `;
  const text = name + paragraphText(paragraph);
  writer.writeBeside(
    [
      { text, direction: languageDirection(content.language), language: content.language },
      { text: translation, direction: languageDirection(language), language },
    ],
    styles.body,
  );
}

type Range = { readonly from: number; readonly to: number };

function underlineLowConfidence(
  writer: PageWriter,
  { runs }: Line,
  lowConfidence: readonly Range[],
  left: number,
  baseline: number,
): void {
  for (const run of runs) {
    const isLowConfidence = lowConfidence.some(
      ({ from, to }) => run.start < to && run.start + run.text.length > from,
    );
    if (!isLowConfidence || run.isSpace) continue;
    writer.underline(
      left + run.x,
      run.width,
      baseline + lowConfidenceLine.below,
      lowConfidenceLine.thickness,
      lowConfidenceLine.colour,
    );
  }
}
