import { type DocumentContent, type DocumentParagraph, paragraphText } from '../domain/document.ts';
import { lowConfidenceRanges } from '../domain/low-confidence.ts';
import { linksOf } from './links.ts';

/** A span of a paragraph's text that looks the same. */
export type TextSpan = {
  readonly text: string;
  /** True for words that are marked because the engine was not sure of them. */
  readonly isLowConfidence: boolean;
  /** Address to which it leads; null for most text. */
  readonly url: string | null;
};

/** Splits a paragraph's text around addresses and, if they are to be marked, around words of low confidence. */
export function textSpans(
  paragraph: DocumentParagraph,
  { look, lowConfidenceBelow }: Pick<DocumentContent, 'look' | 'lowConfidenceBelow'>,
): TextSpan[] {
  const text = paragraphText(paragraph);
  const marks = look.marksLowConfidence ? lowConfidenceRanges(paragraph, lowConfidenceBelow) : [];
  const links = linksOf(text);
  if (marks.length === 0 && links.length === 0) return [{ text, isLowConfidence: false, url: null }];
  const edges = new Set([0, text.length, ...[...marks, ...links].flatMap(({ from, to }) => [from, to])]);
  const sorted = [...edges].sort((one, other) => one - other);
  return sorted.slice(1).map((to, index) => {
    const from = sorted[index] ?? 0;
    const isIn = (range: { readonly from: number; readonly to: number }) =>
      range.from <= from && to <= range.to;
    return {
      text: text.slice(from, to),
      isLowConfidence: marks.some(isIn),
      url: links.find(isIn)?.url ?? null,
    };
  });
}
