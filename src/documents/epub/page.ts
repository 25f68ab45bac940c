import { type DocumentContent, type DocumentParagraph, paragraphText } from '../../domain/document.ts';
import { escapeAttribute, escapeXml } from '../escape-xml.ts';
import { baseDirection, languageDirection } from '../layout/base-direction.ts';
import type { Direction } from '../layout/direction.ts';
import { withIsolates } from '../layout/isolates.ts';
import { type TextSpan, textSpans } from '../text-spans.ts';
import { timeOf } from '../time-of.ts';
import type { BookChapter } from './chapters.ts';

/** Returns what stands before the body of an XHTML page. */
export function pageStart({ language, direction }: DocumentContent, title: string): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n' +
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" ' +
    `lang="${language}" xml:lang="${language}" dir="${direction}">\n` +
    `<head><title>${escapeXml(title)}</title><link rel="stylesheet" href="style.css"/></head>\n<body>\n`
  );
}

export const pageEnd = '</body>\n</html>\n';

/** Yields a chapter as an XHTML page; the first one begins with the document's title and facts. */
export function* writeChapter(
  content: DocumentContent,
  chapter: BookChapter,
  title: string,
): Generator<string> {
  yield pageStart(content, title);
  if (chapter.number === 1) yield* writeHead(content, title);
  if (chapter.heading !== null) yield `<h2>${escapeXml(chapter.heading)}</h2>\n`;
  let previous: string | null = null;
  for (const paragraph of chapter.paragraphs) {
    const { speaker } = paragraph;
    if (speaker !== null && speaker !== previous) {
      const level = chapter.heading === null ? 2 : 3;
      yield `<h${level} class="speaker"><bdi>${escapeXml(speaker)}</bdi></h${level}>\n`;
    }
    previous = speaker;
    yield writeParagraph(paragraph, content);
  }
  yield pageEnd;
}

function* writeHead({ facts, direction }: DocumentContent, title: string): Generator<string> {
  yield `<h1${directionOf(title, direction)}>${escapeXml(title)}</h1>\n`;
  for (const { label, value } of facts)
    yield `<p class="fact"><b>${escapeXml(label)}:</b> <bdi>${escapeXml(value)}</bdi></p>\n`;
}

function writeParagraph(paragraph: DocumentParagraph, content: DocumentContent): string {
  const base = baseDirection(paragraphText(paragraph), languageDirection(content.language));
  const time =
    content.look.hasTimes && !paragraph.isAside
      ? `<span class="time">${timeOf(paragraph, content)}</span> `
      : '';
  const text = textSpans(paragraph, content)
    .map((span) => writeSpan(span, base))
    .join('');
  return `<p${base === content.direction ? '' : ` dir="${base}"`}>${time}${text}</p>\n`;
}

function writeSpan({ text, isLowConfidence, url }: TextSpan, base: Direction): string {
  const inner = escapeXml(withIsolates(text, base));
  if (url !== null) return `<a href="${escapeAttribute(new URL(url).href)}">${inner}</a>`;
  return isLowConfidence ? `<span class="low-confidence">${inner}</span>` : inner;
}

function directionOf(text: string, usual: Direction): string {
  const direction = baseDirection(text, usual);
  return direction === usual ? '' : ` dir="${direction}"`;
}
