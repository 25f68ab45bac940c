import type { DocumentContent, DocumentParagraph } from '../../domain/document.ts';
import { escapeXml } from '../escape-xml.ts';
import { baseDirection } from '../layout/base-direction.ts';
import type { Direction } from '../layout/direction.ts';
import { type DirectionRun, directionRuns } from '../layout/direction-runs.ts';
import { textSpans } from '../text-spans.ts';
import type { Hyperlinks } from './hyperlinks.ts';

/** A span of a paragraph, with a character style or its paragraph's style. */
export type TextRun = {
  readonly text: string;
  readonly style?: 'Strong' | 'Timestamp' | 'LowConfidence' | 'Hyperlink';
  /** Relationship of the address to which it leads. */
  readonly link?: string;
  /** True if the text around it does not affect its direction, as of a label's value. */
  readonly isIsolated?: boolean;
};

/**
 * Returns a paragraph's text in runs: its links, its words of low confidence if they are to be marked, and the rest.
 */
export function textRuns(
  paragraph: DocumentParagraph,
  content: DocumentContent,
  hyperlinks: Hyperlinks,
): TextRun[] {
  return textSpans(paragraph, content).map(({ text, isLowConfidence, url }) => {
    if (url !== null) return { text, style: 'Hyperlink', link: hyperlinks.relationshipOf(url) };
    return isLowConfidence ? { text, style: 'LowConfidence' } : { text };
  });
}

/**
 * Returns a paragraph with its base direction, in runs that carry their direction too: Word applies the font, size and
 * language for complex scripts only to runs marked as right-to-left.
 * @param usual direction of the text's language; see `baseDirection`
 * @param alignment the side on which lines begin, where it is not that of the paragraph's direction
 */
export function writeParagraphXml(
  style: string,
  runs: readonly TextRun[],
  usual: Direction,
  alignment?: Direction,
): string {
  const text = runs.map((run) => run.text).join('');
  const direction = baseDirection(
    runs
      .filter((run) => run.isIsolated !== true)
      .map((run) => run.text)
      .join(''),
    usual,
  );
  const whole = directionRuns(text, direction);
  let xml = '';
  let start = 0;
  for (const { text: own, style: runStyle, link, isIsolated = false } of runs) {
    const end = start + own.length;
    const pieces = isIsolated ? directionRuns(own, baseDirection(own, direction)) : cut(whole, start, end);
    const inner = pieces.map((piece) => runXml(piece, runStyle)).join('');
    xml += link === undefined ? inner : `<w:hyperlink r:id="${link}">${inner}</w:hyperlink>`;
    start = end;
  }
  const bidi = direction === 'rtl' ? '<w:bidi/>' : '';
  // In Word, `right` is the side on which the lines of a paragraph end, also of a right-to-left one.
  const side = (alignment ?? direction) === direction ? '' : '<w:jc w:val="right"/>';
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${bidi}${side}</w:pPr>${xml}</w:p>`;
}

/** Returns the parts of runs that are in a range of the whole text, in UTF-16 units. */
function cut(runs: readonly DirectionRun[], from: number, to: number): DirectionRun[] {
  const pieces: DirectionRun[] = [];
  let start = 0;
  for (const run of runs) {
    const end = start + run.text.length;
    if (start < to && end > from) {
      const text = run.text.slice(Math.max(0, from - start), to - start);
      pieces.push(text === run.text ? run : { ...run, text });
    }
    start = end;
  }
  return pieces;
}

function runXml({ text, direction, isIsolated }: DirectionRun, style: string | undefined): string {
  const named = style === undefined ? '' : `<w:rStyle w:val="${style}"/>`;
  const rtl = direction === 'rtl' ? '<w:rtl/>' : '';
  const properties = named + rtl === '' ? '' : `<w:rPr>${named}${rtl}</w:rPr>`;
  return `<w:r>${properties}<w:t xml:space="preserve">${escapeXml(isIsolated ? `\u2066${text}\u2069` : text)}</w:t></w:r>`;
}
