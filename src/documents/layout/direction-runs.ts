import { classOf, L } from '../bidi/classes.ts';
import { type Direction, embeddingLevels, levelRuns } from './direction.ts';
import { isolatesOf } from './isolates.ts';

/** A run of one direction. */
export type DirectionRun = {
  readonly text: string;
  readonly direction: Direction;
  /** True for text that must be isolated to be read from left to right; see `isolatesOf`. */
  readonly isIsolated: boolean;
};

/**
 * Splits text into runs of one direction in logical order, for programs that do their own layout but need each
 * run's direction. Numbers in right-to-left text have an even level, but stay in the right-to-left run.
 */
export function directionRuns(text: string, base: Direction): DirectionRun[] {
  const isolates = isolatesOf(text, base);
  const levels = embeddingLevels(text, base, isolates);
  const runs: DirectionRun[] = [];
  let at = 0;
  for (const { from, to } of isolates) {
    addRuns(runs, text, levels, at, from);
    runs.push({ text: text.slice(from, to), direction: 'ltr', isIsolated: true });
    at = to;
  }
  addRuns(runs, text, levels, at, text.length);
  return runs;
}

function addRuns(runs: DirectionRun[], text: string, levels: Uint8Array, from: number, to: number): void {
  for (const { start, end, level } of levelRuns(levels.subarray(from, to))) {
    const runText = text.slice(from + start, from + end);
    const isNumber = level > 0 && !hasLeftToRightLetter(runText);
    const direction = level % 2 === 1 || isNumber ? 'rtl' : 'ltr';
    const last = runs.at(-1);
    if (last?.direction === direction && !last.isIsolated) {
      runs[runs.length - 1] = { ...last, text: last.text + runText };
    } else runs.push({ text: runText, direction, isIsolated: false });
  }
}

function hasLeftToRightLetter(text: string): boolean {
  for (const character of text) if (classOf(character.codePointAt(0) ?? 0) === L) return true;
  return false;
}
