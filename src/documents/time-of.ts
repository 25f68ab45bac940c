import { clockTime } from '../domain/clock-time.ts';
import type { DocumentContent, DocumentParagraph } from '../domain/document.ts';
import { writeDigits } from '../domain/persian/digits.ts';

/**
 * Returns the start time of a paragraph, `1:02:03` or `2:03`, in the document's digits: Persian digits for
 * Persian, unless Latin ones are set.
 */
export function timeOf(
  { segments }: DocumentParagraph,
  { language, look }: Pick<DocumentContent, 'language' | 'look'>,
): string {
  const digits = /^fa\b/.test(language) && !look.hasLatinDigits ? 'persian' : 'latin';
  return writeDigits(clockTime(segments[0]?.start ?? 0), digits);
}
