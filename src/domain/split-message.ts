/** Telegram's limit for one text message, in UTF-16 code units (Bot API, `sendMessage`). */
export const messageLimit = 4096;

/**
 * Cuts a text into messages of at most `limit` UTF-16 units each: between paragraphs where that gives a long enough
 * piece, else after a sentence, else between words, else between graphemes; never inside a grapheme, so no surrogate
 * pair, accent or joined emoji is torn. Only white space at the cuts is dropped.
 * @param limit at least 16; a single longer grapheme (such as a hostile heap of marks) is cut between code points
 */
export function splitMessage(text: string, limit: number = messageLimit): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const end = cutPosition(rest, limit);
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  if (rest !== '') pieces.push(rest);
  return pieces;
}

/**
 * Shortest piece for a cut at a better place, as a share of the limit. Below it the next worse kind of place is taken.
 */
const minShare = 0.5;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function cutPosition(text: string, limit: number): number {
  // One unit more than fits: every place to cut ends with white space, which is dropped.
  const window = text.slice(0, limit + 1);
  const min = Math.floor(limit * minShare);
  for (const pattern of [/\n\s*\n/g, /\n/g, /[.!?؟…۔。！？]["»”)]*\s/g]) {
    const end = lastEnd(window, pattern);
    if (end >= min) return end;
  }
  const word = lastEnd(window, /\s/g);
  return word > 0 ? word : graphemeCut(text, limit);
}

function lastEnd(window: string, pattern: RegExp): number {
  let last = 0;
  for (const match of window.matchAll(pattern)) last = match.index + match[0].length;
  return last;
}

function graphemeCut(text: string, limit: number): number {
  const start = graphemes.segment(text.slice(0, limit + maxGraphemeLength)).containing(limit)?.index ?? 0;
  if (start > 0) return start;
  const codeUnit = text.charCodeAt(limit - 1);
  return codeUnit >= 0xd800 && codeUnit <= 0xdbff ? limit - 1 : limit;
}

/** Longest grapheme that is kept whole, in UTF-16 units; real ones are far shorter (flags of regions have 14). */
const maxGraphemeLength = 100;
