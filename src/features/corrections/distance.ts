/**
 * Costs of a difference, in words: an extra transcribed word, a replaced word, and a missing word. They
 * differ slightly, so that of two equally short alignments the likelier one is taken: equal words stay together, and a
 * word at the edge of a passage replaces the word there instead of standing beside it.
 */
export const extraWordCost = 1;
const replacedWordCost = 1.05;
export const missingWordCost = 1.1;

/** Number of letters compared at once: the bits of an integer. */
const wordBits = 32;
/** Ratio of lengths above which two words count as unrelated and are not compared letter by letter. */
const maxLengthRatio = 4;

/**
 * Returns the distance of every transcribed word from every written word, as a function of their places: the share of
 * letters that differ (UTF-16 units), 0 for the same word. Words repeat, so each pair of different words is compared
 * only once. The comparison goes by written word, because the bit masks of a written word serve all transcribed ones.
 */
export function distancesBetween(
  transcribed: readonly string[],
  written: readonly string[],
): (transcribed: number, written: number) => number {
  const numbers = new Map<string, number>();
  const kinds = Int32Array.from(transcribed, (key) => {
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  });
  const words = packed([...numbers.keys()]);
  const masks = new Int32Array(0x10000);
  const rows = new Map<string, Float32Array>();
  for (const key of written) if (!rows.has(key)) rows.set(key, distancesFrom(key, words, masks));
  const rowOf = written.map((key) => rows.get(key));
  return (transcribedAt, writtenAt) => rowOf[writtenAt]?.[kinds[transcribedAt] ?? 0] ?? 0;
}

/** Words with their letters in one array: word n has the letters from `starts[n]` to before `starts[n + 1]`. */
type Packed = {
  readonly words: readonly string[];
  readonly units: Uint16Array;
  readonly starts: Uint32Array;
};

function packed(words: readonly string[]): Packed {
  const starts = new Uint32Array(words.length + 1);
  for (const [n, { length }] of words.entries()) starts[n + 1] = (starts[n] ?? 0) + length;
  const units = new Uint16Array(starts[words.length] ?? 0);
  let at = 0;
  for (const word of words) {
    for (let letter = 0; letter < word.length; letter += 1) units[at++] = word.charCodeAt(letter);
  }
  return { words, units, starts };
}

/**
 * Returns the distance of each word from this one.
 * @param masks a number for every letter (UTF-16 unit), all 0 before and after the call
 */
function distancesFrom(key: string, { words, units, starts }: Packed, masks: Int32Array): Float32Array {
  const distances = new Float32Array(words.length);
  const isShort = key.length > 0 && key.length <= wordBits;
  if (isShort)
    for (let at = 0; at < key.length; at += 1)
      masks[key.charCodeAt(at)] = (masks[key.charCodeAt(at)] ?? 0) | (1 << at);
  for (let n = 0; n < words.length; n += 1) {
    const [from, to] = [starts[n] ?? 0, starts[n + 1] ?? 0];
    const length = to - from;
    if (length > maxLengthRatio * key.length || key.length > maxLengthRatio * length)
      distances[n] = replacedWordCost;
    else {
      const off = isShort
        ? lettersOff(masks, key.length, units, from, to)
        : lettersOffLong(key, words[n] ?? '');
      const share = off / Math.max(length, key.length);
      distances[n] = share < 1 ? share : replacedWordCost;
    }
  }
  if (isShort) for (let at = 0; at < key.length; at += 1) masks[key.charCodeAt(at)] = 0;
  return distances;
}

/**
 * Returns the Levenshtein distance in letters. It computes a column of the table at once, as bits where it rises and
 * falls: G. Myers, "A fast bit-vector algorithm for approximate string matching" (1999), in H. Hyyrö's form.
 * @param masks for each letter, its places in the first word
 * @param length of the first word, 1 to 32
 * @param units hold the second word, from `from` to before `to`
 */
function lettersOff(masks: Int32Array, length: number, units: Uint16Array, from: number, to: number): number {
  const last = 1 << (length - 1);
  let rises = -1;
  let falls = 0;
  let distance = length;
  for (let at = from; at < to; at += 1) {
    const same = masks[units[at] ?? 0] ?? 0;
    const vertical = same | falls;
    const horizontal = (((same & rises) + rises) ^ rises) | same;
    let risen = falls | ~(horizontal | rises);
    let fallen = rises & horizontal;
    if (risen & last) distance += 1;
    else if (fallen & last) distance -= 1;
    risen = (risen << 1) | 1;
    fallen <<= 1;
    rises = fallen | ~(vertical | risen);
    falls = risen & vertical;
  }
  return distance;
}

/** Returns the same distance for words of any length, letter by letter. */
function lettersOffLong(a: string, b: string): number {
  const row = new Uint32Array(b.length + 1);
  for (let j = 0; j <= b.length; j += 1) row[j] = j;
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
