import { classOf, L } from '../bidi/classes.ts';
import { type Direction, embeddingLevels, levelRuns } from './direction.ts';

/**
 * Splits text into runs of one direction in logical order, for programs that do their own layout but need each
 * run's direction. Numbers in right-to-left text have an even level, but stay in the right-to-left run.
 */
export function directionRuns(text: string, base: Direction): { text: string; direction: Direction }[] {
  const runs: { text: string; direction: Direction }[] = [];
  for (const { start, end, level } of levelRuns(embeddingLevels(text, base))) {
    const runText = text.slice(start, end);
    const isNumber = level > 0 && !hasLeftToRightLetter(runText);
    const direction = level % 2 === 1 || isNumber ? 'rtl' : 'ltr';
    const last = runs.at(-1);
    if (last?.direction === direction) last.text += runText;
    else runs.push({ text: runText, direction });
  }
  return runs;
}

function hasLeftToRightLetter(text: string): boolean {
  for (const character of text) if (classOf(character.codePointAt(0) ?? 0) === L) return true;
  return false;
}
