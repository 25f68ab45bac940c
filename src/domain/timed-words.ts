import type { Word } from './transcript.ts';

/** Words with their times, in seconds. */
export type TimedText = { readonly start: number; readonly end: number; readonly words: readonly Word[] };

/** Scripts without spaces between words. */
const unspaced =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}]/u;
/** White space, half-spaces and joiners take no time to say. */
const silent = /[\s\p{Cf}]/u;

const wordSegments = new Intl.Segmenter('und', { granularity: 'word' });

/**
 * Returns the words of a text with their times, although the text may differ from what the engine wrote (half-spaces
 * join words, digits change their script). Letters are counted: a word takes the times of the engine's words that its
 * share of the letters falls into. Without the engine's words, the segment's time is distributed over them.
 * @param text the text shown; its words are separated by white space, or by a dictionary in scripts without spaces
 * @param said the engine's words, in seconds
 */
export function timedWords(text: string, said: TimedText): Word[] {
  const words = splitWords(text);
  const [only, second] = words;
  if (only === undefined) return [];
  if (second === undefined && said.words.length === 0 && letters(only) > 0)
    return [{ text: only, start: said.start, end: said.end, probability: null }];
  const scale = letterScale(said);
  const counts = words.map(letters);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const share = total === 0 ? 0 : scale.total / total;
  let before = 0;
  return words.map((word, at) => {
    const from = before * share;
    before += counts[at] ?? 0;
    return { text: word, ...scale.between(from, before * share) };
  });
}

/** Splits a text at white space, and with a dictionary in scripts without spaces; punctuation stays with its word. */
export function splitWords(text: string): string[] {
  const tokens = text.match(/\S+/gu) ?? [];
  if (!unspaced.test(text)) return tokens;
  return tokens.flatMap((token) => (unspaced.test(token) ? dictionaryWords(token) : [token]));
}

/** Brackets and quotation marks that belong to the word after them. */
const opening = /^[\p{Ps}\p{Pi}]+$/u;

function dictionaryWords(token: string): string[] {
  const words: string[] = [];
  // True while the last word consists only of opening punctuation.
  let isOpen = false;
  for (const { segment, isWordLike } of wordSegments.segment(token)) {
    const last = words.at(-1);
    const opens = opening.test(segment);
    if (last === undefined || (!isOpen && (isWordLike || opens))) {
      words.push(segment);
      isOpen = opens;
    } else {
      words[words.length - 1] = last + segment;
      isOpen &&= opens;
    }
  }
  return words;
}

/** Returns a word without the punctuation around it. The look-behind keeps it linear: a run within is tried once. */
export function bareWord(word: string): string {
  return word.replace(/^\p{P}+|(?<!\p{P})\p{P}+$/gu, '');
}

function letters(word: string): number {
  let count = 0;
  const isSpoken = !silent.test(word);
  for (const character of word) if (isSpoken || !silent.test(character)) count++;
  return count;
}

/** Lays the engine's words end to end by their letters. */
function letterScale({ start, end, words }: TimedText) {
  const timed = words.length > 0 ? words : [{ text: '-', start, end, probability: null }];
  let total = 0;
  const spans = timed.map((word) => {
    const from = total;
    total += Math.max(1, letters(word.text));
    return { ...word, from, to: total };
  });
  let at = 0;
  return {
    total,
    /** Returns the time range of the letters between two places. Calls must come in ascending order. */
    between(from: number, to: number): Omit<Word, 'text'> {
      // Shares of letters are fractions; places that differ by less than this are the same.
      const slack = 1e-6;
      while (at < spans.length - 1 && (spans[at]?.to ?? 0) <= from + slack) at++;
      const first = spans[at];
      let last = at;
      let probability = first?.probability ?? null;
      while (last < spans.length - 1 && (spans[last]?.to ?? 0) < to - slack) {
        last++;
        const next = spans[last]?.probability ?? null;
        if (next !== null) probability = Math.min(next, probability ?? 1);
      }
      return { start: timeAt(first, from), end: timeAt(spans[last], to), probability };
    },
  };
}

type Span = { readonly from: number; readonly to: number; readonly start: number; readonly end: number };

function timeAt(span: Span | undefined, place: number): number {
  if (span === undefined) return 0;
  const share = Math.min(1, Math.max(0, (place - span.from) / (span.to - span.from)));
  return span.start + (span.end - span.start) * share;
}
