/** What stands between two letters of the right text and of the written one; null before the first letter. */
type Gap = { right: string; given: string; written: string; after: string };

/**
 * Compares the half-spaces that a normaliser writes into `given`, a text without them, with those of the right text.
 * A half-space after a letter that joins to nothing is invisible: one less or one more is no mistake.
 *
 * @throws {Error} when the normaliser changed letters.
 */
export function restoredHalfSpaces(right: string, given: string, written: string) {
  const counts = { restored: 0, wrong: 0, missed: 0 };
  for (const gap of gapsOf(right, given, written)) {
    const isInvisible = /[اآأدذرزژوۀ]/u.test(gap.after);
    const isJoined = (text: string) => text === '\u200c' || (isInvisible && text === '');
    if (gap.written !== gap.given && (gap.written === '\u200c' || gap.written === '')) {
      if (isJoined(gap.right) || gap.right === gap.written) counts.restored += 1;
      else counts.wrong += 1;
    } else if (gap.right === '\u200c' && !isJoined(gap.written)) {
      counts.missed += 1;
    }
  }
  return counts;
}

function gapsOf(right: string, given: string, written: string): Gap[] {
  const [one, other, third] = [split(right), split(given), split(written)];
  if (one.letters.join('') !== third.letters.join('')) throw new Error(`letters changed in ${right}`);
  return one.gaps.slice(1).map((gap, at) => ({
    right: gap,
    given: other.gaps[at + 1] ?? '',
    written: third.gaps[at + 1] ?? '',
    after: one.letters[at] ?? '',
  }));
}

function split(text: string): { letters: string[]; gaps: string[] } {
  const letters: string[] = [];
  const gaps: string[] = [];
  let gap = '';
  for (const character of text) {
    if (/[\p{L}\p{M}\p{N}]/u.test(character)) {
      letters.push(character);
      gaps.push(gap);
      gap = '';
    } else gap += character;
  }
  return { letters, gaps };
}
