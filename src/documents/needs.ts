import type { DocumentContent, DocumentFormat } from '../domain/document.ts';

/** Formats that show when each word was said. */
const withWordTimes: ReadonlySet<DocumentFormat> = new Set(['srt', 'vtt', 'json']);

/** What the formats of one answer need of its segments. */
export type Needs = { readonly words: boolean; readonly original: boolean };

/**
 * Returns what formats need. Most of a long transcript is word times; copying and cleaning them would take longer than
 * writing a file that does not show them.
 */
export function neededBy(formats: readonly DocumentFormat[], { look }: Pick<DocumentContent, 'look'>): Needs {
  return {
    words: look.marksLowConfidence || formats.some((format) => withWordTimes.has(format)),
    original: formats.includes('json'),
  };
}
