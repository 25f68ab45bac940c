import type { Correction } from './correct.ts';
import { keysOf } from './words.ts';

/** Every arrow that keyboards have; one that points left is how it looks where people write from right to left. */
const arrow = /\s*(?:[→⇒⟶⟹➔➜➝➞←⇐⟵⟸]|[=-]+>|<[=-]+|:=)\s*/u;
const quotes = /^["'«“„”»‹›]+|["'«“”»‹›]+$/gu;

/** So many corrections in one message, and so long each side in UTF-16 units: more is not what anybody means. */
const mostNotes = 20;
const longestSide = 300;

/**
 * Corrections as a person notes them, one a line: `wrong → right`.
 * @returns null where nothing is noted like that
 */
export function readCorrections(text: string): Correction[] | null {
  const notes = text.split('\n').flatMap((line) => {
    const sides = line.split(arrow).map((side) => side.trim().replace(quotes, '').trim());
    const [wrong = '', right = ''] = sides;
    const isNote = sides.length === 2 && [wrong, right].every(isSide) && wrong !== right;
    return isNote ? [{ wrong, right }] : [];
  });
  return notes.length === 0 ? null : notes.slice(0, mostNotes);
}

function isSide(side: string): boolean {
  return side.length <= longestSide && keysOf(side).length > 0;
}

/** True for a text that has an arrow, whether or not it can be read. */
export function hasArrow(text: string): boolean {
  return arrow.test(text);
}
