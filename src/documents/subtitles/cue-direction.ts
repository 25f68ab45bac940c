import { type Direction, firstStrongDirection } from '../layout/direction.ts';

/**
 * Returns the direction of a cue: that of the paragraph which it is a piece of, so that a line which begins with a
 * Latin word is read as in the paragraph. Only a cue without any letter of that direction has its own.
 */
export function cueDirection(text: string, paragraph: Direction): Direction {
  const first = firstStrongDirection(text);
  if (first === null || first === paragraph) return paragraph;
  for (const character of text) if (firstStrongDirection(character) === paragraph) return paragraph;
  return first;
}
