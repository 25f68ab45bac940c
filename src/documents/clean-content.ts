import type { DocumentContent, DocumentParagraph, DocumentSegment } from '../domain/document.ts';
import { splitWords, timedWords } from '../domain/timed-words.ts';

/** The mandatory line breaks of UAX #14. */
const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
/** Control characters, and the code points that XML 1.0 forbids; no font has glyphs for them. */
const undrawable = /[\p{Cc}\ufffe\uffff]/gu;

/**
 * Returns the content as every writer can show it: without control characters, with U+FFFD for lone surrogates,
 * with tabs as spaces, with one space between words, and with the title and each fact on one line. A line break inside
 * a paragraph starts a new paragraph, so that each line gets its own direction; empty paragraphs are left out.
 * `original` stays as it is.
 */
export function cleanContent(content: DocumentContent): DocumentContent {
  return {
    ...content,
    title: cleanLine(content.title),
    language: cleanLanguage(content.language, content.direction),
    facts: content.facts.map(({ label, value }) => ({ label: cleanLine(label), value: cleanLine(value) })),
    paragraphs: {
      *[Symbol.iterator]() {
        for (const paragraph of content.paragraphs) yield* cleanParagraph(paragraph);
      },
    },
  };
}

function cleanParagraph(paragraph: DocumentParagraph): DocumentParagraph[] {
  if (isCleanParagraph(paragraph)) return [paragraph];
  const { speaker, segments, heading, isAside, translation } = paragraph;
  const paragraphs: DocumentSegment[][] = [[]];
  for (const segment of segments) {
    for (const [index, line] of linesOf(segment).entries()) {
      if (index > 0) paragraphs.push([]);
      if (line.text !== '') paragraphs.at(-1)?.push(line);
    }
  }
  const name = speaker === null ? '' : cleanLine(speaker);
  const title = heading === undefined ? '' : cleanLine(heading);
  return paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines, index) => ({
      speaker: name === '' ? null : name,
      segments: lines,
      ...(index === 0 && title !== '' && { heading: title }),
      ...(isAside && { isAside }),
      // The whole translation stands beside the first line.
      ...(translation !== undefined && { translation: index === 0 ? cleanLine(translation) : '' }),
    }));
}

/** Splits a segment at its line breaks; each line gets its share of the segment's time. */
function linesOf(segment: DocumentSegment): DocumentSegment[] {
  const lines = segment.text.split(lineBreak).map(cleanLine);
  const words = segment.words.map((word) => ({ ...word, text: cleanLine(word.text) }));
  if (lines.length === 1) return [{ ...segment, text: lines[0] ?? '', words }];
  const timed = timedWords(lines.join(' '), { ...segment, words });
  const originals = segment.original.split(lineBreak);
  let at = 0;
  return lines.map((text, index) => {
    const own = timed.slice(at, at + splitWords(text).length);
    at += own.length;
    return {
      start: own[0]?.start ?? segment.start,
      end: own.at(-1)?.end ?? segment.end,
      text,
      original: originals[index] ?? '',
      words: words.length === 0 ? [] : own,
    };
  });
}

/** Returns true for a paragraph that stays as it is; most do. */
function isCleanParagraph({ speaker, segments, heading, translation }: DocumentParagraph): boolean {
  if (speaker !== null && (speaker === '' || !isClean(speaker))) return false;
  if (heading !== undefined && (heading === '' || !isClean(heading))) return false;
  if (translation !== undefined && !isClean(translation)) return false;
  if (segments.length === 0) return false;
  for (const { text, words } of segments) {
    if (text === '' || !isClean(text)) return false;
    for (const word of words) if (!isClean(word.text)) return false;
  }
  return true;
}

/** Matches control characters, lone surrogates, and white space except single inner spaces. */
const unclean = /[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]|[^\S ]|^ | $| {2}/u;

/** Returns true for text that needs no cleaning. */
function isClean(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // Printable ASCII, the half-space, and scripts without white space of their own need no closer look.
    const isPlain = (unit > 0x20 && unit < 0x7f) || (unit > 0xa0 && unit < 0x1680) || unit === 0x200c;
    if (isPlain || (unit === 0x20 && at > 0 && at < text.length - 1 && text[at - 1] !== ' ')) continue;
    return !unclean.test(text);
  }
  return true;
}

function cleanLine(text: string): string {
  if (isClean(text)) return text;
  const line = text.toWellFormed().split(lineBreak).join(' ').replaceAll('\t', ' ');
  return line.replace(undrawable, '').replace(/ {2,}/g, ' ').trim();
}

/** Returns a well-formed BCP 47 tag; for a malformed one, the default language of the direction. */
function cleanLanguage(language: string, direction: DocumentContent['direction']): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? fallbackLanguage[direction];
  } catch {
    return fallbackLanguage[direction];
  }
}

const fallbackLanguage = { rtl: 'fa', ltr: 'en' } as const;
