import { isKnownName } from './known-names.ts';
import { numbersOf } from './read-numbers.ts';
import { type TextToken, tokensOf } from './word-tokens.ts';

/** Words that may go: they say nothing. */
const fillers = new Set(
  `um uh er erm ah oh hmm mm well so like actually basically literally really just right okay ok yeah yes you know i mean sort kind of
ا اه اها ام امم اوم هوم خب خوب یعنی مثلا دیگه دیگر حالا ببین ببینید چیز اره بله راستش واقعا اصلا همین مثلن انگار عرض کنم خدمتتون به حضور شما`.split(
    /\s+/,
  ),
);
/** Words that may be added where a false start goes. */
const connectors = new Set('و که را رو به از در the a an and that to of in'.split(' '));
/** Words that turn a sentence around; they stay. */
const negations = new Set(
  'not no never none nobody nothing neither nor cannot without نه نیست نبود نیستم نیستند نیستیم نباید نشد نمی هیچ هرگز هیچوقت بدون بی'.split(
    ' ',
  ),
);
/** Share of the words, fillers and repetitions aside, that may go with false starts. */
const maxDroppedShare = 0.25;
/** Distance in words within which a word counts as repeated. */
const repetitionWords = 6;
/** Maximum words of one segment: the comparison takes the product of both lengths. */
const maxWords = 120;

/**
 * Returns true when a text is another one without fillers, repetitions and a few false starts: its words stand in the
 * original in their order, and no number, name or negation is lost or new.
 */
export function isCleanedOnly(original: string, cleaned: string): boolean {
  const said = wordsOf(original);
  const kept = wordsOf(cleaned);
  if (kept.length === 0 || said.length > maxWords || kept.length > maxWords) return false;
  const dropped = alignDropped(said, kept);
  if (dropped === null) return false;
  const content = said.filter((_, at) => !isFree(said, at)).length;
  return dropped <= Math.max(1, content * maxDroppedShare);
}

/** A word, or a whole number by its value. */
type Word = { readonly key: string; readonly isNumber: boolean };

function wordsOf(text: string): Word[] {
  const tokens = tokensOf(text);
  const numbers = new Map(numbersOf(tokens).map((number) => [number.from, number]));
  const words: Word[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const number = numbers.get(at);
    const token = tokens[at];
    if (number !== undefined && !number.isWeak) {
      words.push({ key: `#${number.readings[0] ?? ''}`, isNumber: true });
      at = number.to - 1;
    } else if (token !== undefined && isWord(token)) words.push({ key: token.key, isNumber: false });
  }
  return words;
}

function isWord({ kind, key }: TextToken): boolean {
  return kind !== 'sign' || /[%٪$€£]/.test(key);
}

/**
 * Returns the number of content words that are gone, or null when the cleaned words are not those of the original in
 * their order. Words may be joined or parted: «می روم», «میروم» and «می‌روم» are the same.
 */
function alignDropped(said: readonly Word[], kept: readonly Word[]): number | null {
  const [rows, columns] = [said.length + 1, kept.length + 1];
  const costs = new Float64Array(rows * columns).fill(Number.POSITIVE_INFINITY);
  costs[0] = 0;
  const improve = (row: number, column: number, cost: number) => {
    if (row >= rows || column >= columns) return;
    const at = row * columns + column;
    if (cost < (costs[at] ?? 0)) costs[at] = cost;
  };
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const cost = costs[row * columns + column] ?? Number.POSITIVE_INFINITY;
      if (cost === Number.POSITIVE_INFINITY) continue;
      for (const [many, few] of matches)
        if (isSameWords(said.slice(row, row + many), kept.slice(column, column + few)))
          improve(row + many, column + few, cost);
      const drop = dropCost(said, row);
      if (drop !== null) improve(row + 1, column, cost + drop);
      const next = kept[column];
      if (next !== undefined && connectors.has(next.key)) improve(row, column + 1, cost + 0.5);
    }
  }
  const total = costs[rows * columns - 1] ?? Number.POSITIVE_INFINITY;
  return total === Number.POSITIVE_INFINITY ? null : total;
}

/** Numbers of words on both sides that may be written together. */
const matches = [
  [1, 1],
  [2, 1],
  [1, 2],
  [3, 1],
  [1, 3],
  [2, 2],
] as const;

function isSameWords(said: readonly Word[], kept: readonly Word[]): boolean {
  if (said.length === 0 || kept.length === 0) return false;
  if ([...said, ...kept].some(({ isNumber }) => isNumber) && said.length + kept.length > 2) return false;
  return said.map(({ key }) => key).join('') === kept.map(({ key }) => key).join('');
}

/** Returns what it costs to leave a word out; null when it has to stay. */
function dropCost(said: readonly Word[], at: number): number | null {
  const word = said[at];
  if (word === undefined) return null;
  if (isFree(said, at)) return 0;
  return word.isNumber || isProtected(word.key) ? null : 1;
}

function isFree(said: readonly Word[], at: number): boolean {
  const word = said[at];
  if (word === undefined) return true;
  // «نه نه» is one no; a no that comes again later is another one.
  const reach = word.isNumber || isProtected(word.key) ? 1 : repetitionWords;
  if (said.slice(at + 1, at + 1 + reach).some(({ key }) => key === word.key)) return true;
  return fillers.has(word.key);
}

function isProtected(key: string): boolean {
  return negations.has(key) || /n't$/.test(key) || /^نمی|^ن(?=می)/u.test(key) || isKnownName(key);
}
