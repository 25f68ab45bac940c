import { clockTime } from '../domain/clock-time.ts';
import type { DocumentParagraph } from '../domain/document.ts';
import { writeDigits } from '../domain/persian/digits.ts';

/** When a paragraph begins, `1:02:03` or `2:03`, in Persian digits where the language is Persian. */
export function timeOf({ segments }: DocumentParagraph, language: string): string {
  return writeDigits(clockTime(segments[0]?.start ?? 0), /^fa\b/.test(language) ? 'persian' : 'latin');
}
