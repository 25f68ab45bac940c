import type { Cell } from '../fonts/cells.ts';
import type { Direction } from './direction.ts';

/**
 * Shares of punctuation that hang over the edge of a column, so that the edge looks straight: light signs more than
 * heavy ones (after Thành, "Micro-typographic extensions to the TeX typesetting system", 2000).
 */
const atEnd = shares({ '.,،٫۔': 0.7, '-‐–—': 0.5, '؛;:': 0.4, '»«”“’‘"\'': 0.5, '!?؟': 0.2, ')]': 0.15 });
const atStart = shares({ '»«”“’‘"\'': 0.5, '([': 0.15 });

/** Returns the share of each sign, by its code. */
function shares(groups: Readonly<Record<string, number>>): ReadonlyMap<number, number> {
  const entries = Object.entries(groups);
  return new Map(
    entries.flatMap(([signs, share]) => Array.from(signs, (sign) => [sign.charCodeAt(0), share] as const)),
  );
}

/**
 * Returns how far a run at an edge of a line hangs over it, in ems.
 * @param direction of the paragraph and of the run
 */
export function hangOf(
  { text, cells }: { readonly text: string; readonly cells: readonly Cell[] },
  edge: 'start' | 'end',
  direction: Direction,
): number {
  const share =
    edge === 'start' ? atStart.get(text.charCodeAt(0)) : atEnd.get(text.charCodeAt(text.length - 1));
  if (share === undefined) return 0;
  // Cells come from left to right.
  const cell = (edge === 'start') === (direction === 'ltr') ? cells[0] : cells.at(-1);
  return cell === undefined ? 0 : (share * cell.advance) / 1000;
}
