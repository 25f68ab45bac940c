import { bidi, type Direction, embeddingLevels, levelRuns } from './direction.ts';

/**
 * Text as runs of one direction for programs that lay it out themselves but want to be told each run's direction, in
 * logical order. Numbers within right-to-left words are of an even level, yet they stay with these words.
 */
export function directionRuns(text: string, base: Direction): { text: string; direction: Direction }[] {
  const runs: { text: string; direction: Direction }[] = [];
  for (const { start, end, level } of levelRuns(embeddingLevels(text, base))) {
    const part = text.slice(start, end);
    const isNumber = level > 0 && level % 2 === 0 && !hasLeftToRightLetter(part);
    const direction = level % 2 === 1 || isNumber ? 'rtl' : 'ltr';
    const last = runs.at(-1);
    if (last?.direction === direction) last.text += part;
    else runs.push({ text: part, direction });
  }
  return runs;
}

function hasLeftToRightLetter(text: string): boolean {
  for (const character of text) if (bidi.getBidiCharTypeName(character) === 'L') return true;
  return false;
}
