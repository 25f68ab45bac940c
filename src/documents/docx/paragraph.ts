import { type DocumentContent, type DocumentParagraph, paragraphText } from '../../domain/document.ts';
import { lowConfidenceRanges } from '../../domain/low-confidence.ts';
import { type Direction, firstStrongDirection } from '../layout/direction.ts';
import { directionRuns } from '../layout/direction-runs.ts';
import { escapeXml } from './escape-xml.ts';

/** A part of a paragraph, with a character style or its paragraph's style. */
export type TextRun = { readonly text: string; readonly style?: 'FactLabel' | 'Timestamp' | 'LowConfidence' };

/** Splits a paragraph's text around words of low confidence, if they are to be marked. */
export function textRuns(
  paragraph: DocumentParagraph,
  { look, lowConfidenceBelow }: DocumentContent,
): TextRun[] {
  const text = paragraphText(paragraph);
  if (!look.marksLowConfidence) return [{ text }];
  const runs: TextRun[] = [];
  let at = 0;
  for (const { from, to } of lowConfidenceRanges(paragraph, lowConfidenceBelow)) {
    runs.push({ text: text.slice(at, from) }, { text: text.slice(from, to), style: 'LowConfidence' });
    at = to;
  }
  runs.push({ text: text.slice(at) });
  return runs.filter((run) => run.text !== '');
}

/**
 * Returns a paragraph with the direction of its first strong character, in runs that carry their direction too:
 * Word applies the font, size and language for complex scripts only to runs marked as right-to-left.
 */
export function paragraphXml(style: string, runs: readonly TextRun[], fallback: Direction): string {
  const direction = firstStrongDirection(runs.map((run) => run.text).join('')) ?? fallback;
  const bidi = direction === 'rtl' ? '<w:bidi/>' : '';
  const xml = runs.flatMap(({ text, style: runStyle }) =>
    directionRuns(text, firstStrongDirection(text) ?? direction).map((run) =>
      runXml(run.text, runStyle, run.direction),
    ),
  );
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${bidi}</w:pPr>${xml.join('')}</w:p>`;
}

function runXml(text: string, style: string | undefined, direction: Direction): string {
  const named = style === undefined ? '' : `<w:rStyle w:val="${style}"/>`;
  const rtl = direction === 'rtl' ? '<w:rtl/>' : '';
  const properties = named + rtl === '' ? '' : `<w:rPr>${named}${rtl}</w:rPr>`;
  return `<w:r>${properties}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
}
