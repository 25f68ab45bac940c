import type { Shapers } from '../fonts/shaper.ts';
import type { Direction } from '../layout/direction.ts';
import { type Line, startParagraph } from '../layout/paragraph.ts';
import { styles } from './styles.ts';

/**
 * Lays out text on one line in the style of the margin, shortened with an ellipsis if it does not fit; null for text
 * that shows nothing.
 * @param width in points
 */
export function layOutOneLine(
  text: string,
  shapers: Shapers,
  width: number,
  languageDirection: Direction,
): Line | null {
  const { weight, size } = styles.margin;
  const options = { shaper: shapers[weight], size, width, languageDirection, lineBreaks: 'first' } as const;
  const lines = startParagraph(text, options).lines;
  const first = lines.next().value ?? null;
  const second: Line | undefined = lines.next().value ?? undefined;
  if (first === null || second === undefined) return first;
  const end = Math.min(...second.runs.map((run) => run.start));
  const shortened = text.slice(0, end).trim().split(' ').slice(0, -1).join(' ');
  return startParagraph(`${shortened}…`, options).lines.next().value ?? null;
}
