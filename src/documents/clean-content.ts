import type { DocumentContent } from '../domain/document.ts';

/** What ends a line: UAX #14's mandatory breaks. */
const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
/** Controls, and the code points that XML 1.0 forbids; no font draws them. */
const undrawable = /[\p{Cc}\ufffe\uffff]/gu;

/**
 * The content as every writer can show it: no control characters, no half surrogate pairs (they become U+FFFD), tabs as
 * spaces, the title and the facts on one line each. A line break inside a paragraph starts a new paragraph, so that
 * each line decides its own direction; empty paragraphs are left out.
 */
export function cleanContent(content: DocumentContent): DocumentContent {
  return {
    ...content,
    title: cleanLine(content.title),
    language: cleanLanguage(content.language, content.direction),
    facts: content.facts.map(({ label, value }) => ({ label: cleanLine(label), value: cleanLine(value) })),
    paragraphs: content.paragraphs
      .flatMap((paragraph) => paragraph.split(lineBreak))
      .map(cleanLine)
      .filter((paragraph) => paragraph !== ''),
  };
}

function cleanLine(text: string): string {
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
