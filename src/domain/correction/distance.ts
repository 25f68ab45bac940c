/**
 * What differs, in words: one that was heard too much, another one in its place, one that was not heard. They are a little
 * apart, so that of two ways to say the same the likelier is taken: what is equal stays together, and a word at the edge
 * of a passage stands for the one that is there, not beside it.
 */
export const tooMuch = 1;
const otherWord = 1.05;
export const notHeard = 1.1;

/** How far words are from each other, as a share of their letters; 0: the same. */
export function wordDistance(a: string, b: string): number {
  if (a === b) return 0;
  const share = lettersOff(a, b) / Math.max(a.length, b.length);
  return share < 1 ? share : otherWord;
}

/** Letters to change, add or take away (Levenshtein), in UTF-16 units. */
function lettersOff(a: string, b: string): number {
  const row = Uint16Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i += 1) {
    let diagonal = row[0] ?? 0;
    row[0] = i + 1;
    for (let j = 1; j <= b.length; j += 1) {
      const above = row[j] ?? 0;
      const replaced = diagonal + (a.charCodeAt(i) === b.charCodeAt(j - 1) ? 0 : 1);
      row[j] = Math.min(replaced, above + 1, (row[j - 1] ?? 0) + 1);
      diagonal = above;
    }
  }
  return row[b.length] ?? 0;
}

/**
 * Distances of every heard word from every written one, by their places. Words repeat, so each pair is compared once, and
 * only when it is asked for.
 */
export function distancesBetween(
  heard: readonly string[],
  written: readonly string[],
): (heard: number, written: number) => number {
  const numbers = new Map<string, number>();
  const kinds = Int32Array.from(heard, (key) => {
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  });
  const compared = new Float64Array(numbers.size * written.length).fill(-1);
  return (h, w) => {
    const at = w * numbers.size + (kinds[h] ?? 0);
    const before = compared[at] ?? -1;
    if (before >= 0) return before;
    const distance = wordDistance(heard[h] ?? '', written[w] ?? '');
    compared[at] = distance;
    return distance;
  };
}
