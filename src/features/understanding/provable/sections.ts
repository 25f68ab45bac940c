import { maxTokensOf } from '../../../domain/tokens.ts';
import type { NumberedSegment } from './contract.ts';
import { segmentLine } from './section-data.ts';

/** Segments of one call. Those before `own` belong to the section before, and give context. */
export type Section = {
  readonly context: readonly NumberedSegment[];
  readonly own: readonly NumberedSegment[];
};

/** Share of a section that repeats the end of the one before, so that nothing is cut within a thought. */
const overlapShare = 0.12;

/**
 * Divides segments into sections that fit a number of tokens. Every segment is `own` in exactly one section; a segment
 * that does not fit by itself has a section of its own.
 * @param hasOverlap false for work that goes segment by segment
 */
export function divide(
  segments: readonly NumberedSegment[],
  maxTokens: number,
  hasOverlap: boolean,
): Section[] {
  const costs = segments.map((segment) => maxTokensOf(segmentLine(segment)));
  const overlapTokens = hasOverlap ? maxTokens * overlapShare : 0;
  const sections: Section[] = [];
  let from = 0;
  while (from < segments.length) {
    let first = from;
    let used = 0;
    if (from > 0) {
      while (first > 0 && used + (costs[first - 1] ?? 0) <= overlapTokens) used += costs[--first] ?? 0;
    }
    let to = from;
    while (to < segments.length && (to === from || used + (costs[to] ?? 0) <= maxTokens))
      used += costs[to++] ?? 0;
    sections.push({ context: segments.slice(first, from), own: segments.slice(from, to) });
    from = to;
  }
  return sections;
}

/** Cuts a section in two; null when it has one segment. Each half keeps some context. */
export function halve({ context, own }: Section): readonly [Section, Section] | null {
  if (own.length < 2) return null;
  const middle = Math.ceil(own.length / 2);
  const first = own.slice(0, middle);
  return [
    { context: context.slice(-1), own: first },
    { context: context.length === 0 ? [] : first.slice(-1), own: own.slice(middle) },
  ];
}
