import type { Correction } from '../../domain/correction/correct.ts';
import { keysOf } from '../../domain/correction/words.ts';

/** All arrows that keyboards have. Right-to-left texts use arrows that point left. */
const arrow = /\s*(?:[→⇒⟶⟹➔➜➝➞←⇐⟵⟸]|[=-]+>|<[=-]+|:=)\s*/u;
const quotes = /^["'«“„”»‹›]+|["'«“”»‹›]+$/gu;

/** Maximum number of corrections in one message, and maximum length of each side in UTF-16 units. */
const maxCorrections = 20;
const maxSideLength = 300;

/**
 * Parses corrections, one per line: `wrong → right`.
 * @returns null when no line is a correction
 */
export function readCorrections(text: string): Correction[] | null {
  const corrections = text.split('\n').flatMap((line) => {
    const sides = line.split(arrow).map((side) => side.trim().replace(quotes, '').trim());
    const [wrong = '', right = ''] = sides;
    const isCorrection = sides.length === 2 && [wrong, right].every(isSide) && wrong !== right;
    return isCorrection ? [{ wrong, right }] : [];
  });
  return corrections.length === 0 ? null : corrections.slice(0, maxCorrections);
}

function isSide(side: string): boolean {
  return side.length <= maxSideLength && keysOf(side).length > 0;
}

/** Returns true for a text with an arrow, whether or not it can be parsed. */
export function hasArrow(text: string): boolean {
  return arrow.test(text);
}
