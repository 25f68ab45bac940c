import type { DocumentContent, DocumentParagraph, DocumentSegment } from '../domain/document.ts';
import { splitWords, timedWords } from '../domain/timed-words.ts';

/** What ends a line: UAX #14's mandatory breaks. */
const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
/** Controls, and the code points that XML 1.0 forbids; no font draws them. */
const undrawable = /[\p{Cc}\ufffe\uffff]/gu;

/**
 * The content as every writer can show it: no control characters, no half surrogate pairs (they become U+FFFD), tabs as
 * spaces, the title and the facts on one line each. A line break inside a paragraph starts a new paragraph, so that
 * each line decides its own direction; empty paragraphs are left out. What was heard stays untouched.
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

function cleanParagraph({ speaker, segments }: DocumentParagraph): DocumentParagraph[] {
  const paragraphs: DocumentSegment[][] = [[]];
  for (const segment of segments) {
    for (const [index, line] of linesOf(segment).entries()) {
      if (index > 0) paragraphs.push([]);
      if (line.text !== '') paragraphs.at(-1)?.push(line);
    }
  }
  const name = speaker === null ? '' : cleanLine(speaker);
  return paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => ({ speaker: name === '' ? null : name, segments: lines }));
}

/** A segment's lines, each with its share of the time. */
function linesOf(segment: DocumentSegment): DocumentSegment[] {
  const lines = segment.text.split(lineBreak).map(cleanLine);
  const words = segment.words.map((word) => ({ ...word, text: cleanLine(word.text) }));
  if (lines.length === 1) return [{ ...segment, text: lines[0] ?? '', words }];
  const timed = timedWords(lines.join(' '), { ...segment, words });
  const heard = segment.heard.split(lineBreak);
  return lines.map((text, index) => {
    const own = timed.splice(0, splitWords(text).length);
    return {
      start: own[0]?.start ?? segment.start,
      end: own.at(-1)?.end ?? segment.end,
      text,
      heard: heard[index] ?? '',
      words: words.length === 0 ? [] : own,
    };
  });
}

/** Nothing to look for: no control, no half surrogate pair, no white space but spaces. */
const clean = /^(?! )(?:[^\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff\s]| )*(?<! )$/u;

function cleanLine(text: string): string {
  if (clean.test(text)) return text;
  const line = text.toWellFormed().split(lineBreak).join(' ').replaceAll('\t', ' ');
  return line.replace(undrawable, '').trim();
}

/** A well-formed BCP 47 tag, or the project's first language of that direction. */
function cleanLanguage(language: string, direction: DocumentContent['direction']): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? fallbackLanguage[direction];
  } catch {
    return fallbackLanguage[direction];
  }
}

const fallbackLanguage = { rtl: 'fa', ltr: 'en' } as const;
