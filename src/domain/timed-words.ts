import type { Word } from './transcript.ts';

/** Speech with its times, in seconds. */
export type TimedText = { readonly start: number; readonly end: number; readonly words: readonly Word[] };

/** Scripts that write no space between words. */
const unspaced =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}]/u;
/** White space, half-spaces and joiners take no time to say. */
const silent = /[\s\p{Cf}]/u;

const wordSegments = new Intl.Segmenter('und', { granularity: 'word' });

/**
 * The words of a text with the times at which they were said, though the text is no longer letter by letter what the
 * engine heard (half-spaces join words, digits change their script). Letters are counted: a word takes the times of
 * the heard words that its share of the letters falls into. Without heard words the segment's time is shared out.
 * @param text what is shown; its words are what white space separates, and dictionary words in scripts without spaces
 * @param said the heard words, in seconds
 */
export function timedWords(text: string, said: TimedText): Word[] {
  const words = splitWords(text);
  const scale = letterScale(said);
  const total = words.reduce((sum, word) => sum + letters(word), 0);
  const share = total === 0 ? 0 : scale.total / total;
  let before = 0;
  return words.map((word) => {
    const from = before * share;
    before += letters(word);
    return { text: word, ...scale.between(from, before * share) };
  });
}

/** What white space separates, and in scripts without spaces what a dictionary does, punctuation with its word. */
export function splitWords(text: string): string[] {
  return text
    .split(/\s+/u)
    .filter((part) => part !== '')
    .flatMap((part) => (unspaced.test(part) ? dictionaryWords(part) : [part]));
}

/** Brackets and quotation marks that belong to the word after them. */
const opening = /^[\p{Ps}\p{Pi}]+$/u;

function dictionaryWords(part: string): string[] {
  const words: string[] = [];
  // True while the last word is nothing but what opens one.
  let isOpen = false;
  for (const { segment, isWordLike } of wordSegments.segment(part)) {
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

/** Returns a word without the punctuation around it. The look behind keeps it linear: a run within is tried once. */
export function bareWord(word: string): string {
  return word.replace(/^\p{P}+|(?<!\p{P})\p{P}+$/gu, '');
}

function letters(word: string): number {
  let count = 0;
  for (const character of word) if (!silent.test(character)) count++;
  return count;
}

/** The heard words laid end to end by their letters. */
function letterScale({ start, end, words }: TimedText) {
  const heard = words.length > 0 ? words : [{ text: '-', start, end, probability: null }];
  let total = 0;
  const spans = heard.map((word) => {
    const from = total;
    total += Math.max(1, letters(word.text));
    return { ...word, from, to: total };
  });
  let at = 0;
  return {
    total,
    /** When the letters from one place to a later one were said. Asked for in growing order. */
    between(from: number, to: number): Omit<Word, 'text'> {
      // Shares of letters are fractions: what is off by less than this is the same place.
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
