import type { DocumentParagraph } from '../domain/document.ts';
import { writeDigits } from '../domain/persian/digits.ts';

/** When a paragraph begins, `1:02:03` or `2:03`, in Persian digits where the language is Persian. */
export function timeOf({ segments }: DocumentParagraph, language: string): string {
  const start = segments[0]?.start ?? 0;
  const seconds = Number.isFinite(start) ? Math.max(0, Math.floor(start)) : 0;
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const time =
    hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  return writeDigits(time, /^fa\b/.test(language) ? 'persian' : 'latin');
}
