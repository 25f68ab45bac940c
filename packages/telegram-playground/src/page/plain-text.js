// Runs of plain text inside a message.

import { element } from './dom.js';

/** Matches a letter, which gives a line its direction; digits and signs do not. */
const letter = /\p{L}/u;
/** Matches the blocks of which bots draw progress bars. */
const bar = /([\u2588\u2591-\u2593\u25b0\u25b1]{4,})/;
/**
 * Matches what Telegram's clients take for a place in a sound: `1:05`, `1:02:03`, in ASCII digits, and not
 * inside a word or a longer number (TDLib, MessageEntity.cpp, match_media_timestamps).
 */
const time = /(?<![\p{L}\p{N}_:])((?:\d{1,4}:)?\d{1,4}:[0-5]\d)(?![\p{L}\p{N}_:])/u;
/** Right-to-left mark: invisible, but a letter as far as direction goes. */
const rightToLeftMark = '\u200f';

/**
 * How times in a text jump in a sound: its length in seconds, beyond which a time is only text, and what a
 * press does.
 * @typedef {{ longest: number, onTime: (seconds: number) => void }} Times
 */

/**
 * Returns where a right-to-left text has lines without a letter, such as `▓▓▓░ 42%`. Browsers lay those out
 * left to right, so the page puts a mark before them.
 * @param {string} text
 * @returns {ReadonlySet<number>} offsets of such lines
 */
export function undirectedLines(text) {
  const first = letter.exec(text)?.[0];
  if (!first || !/[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(first)) return new Set();
  const offsets = new Set();
  let offset = 0;
  for (const line of text.split('\n')) {
    if (line.trim() !== '' && !letter.test(line)) offsets.add(offset);
    offset += line.length + 1;
  }
  return offsets;
}

/**
 * Returns the part of a text between two offsets, with its marks and with progress bars in their own colour.
 * @param {string} text @param {number} from @param {number} to @param {ReadonlySet<number>} undirected
 * @param {Times} [times]
 * @returns {(Node | string)[]}
 */
export function plainText(text, from, to, undirected, times) {
  const starts = [...undirected].filter((offset) => offset >= from && offset < to);
  /** @type {(Node | string)[]} */
  const nodes = [];
  let position = from;
  for (const start of [...starts, to]) {
    for (const piece of text.slice(position, start).split(bar))
      if (bar.test(piece)) nodes.push(element('span', { class: 'bar' }, piece));
      else if (piece) nodes.push(...withTimes(piece, times));
    if (start < to) nodes.push(rightToLeftMark);
    position = start;
  }
  return nodes;
}

/** @param {string} text @param {Times | undefined} times @returns {(Node | string)[]} */
function withTimes(text, times) {
  if (!times) return [text];
  // split() puts what the group matched between the other pieces.
  return text.split(time).map((piece, index) => {
    if (index % 2 === 0) return piece;
    const seconds = piece.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
    if (seconds > times.longest) return piece;
    const onclick = () => times.onTime(seconds);
    return element('button', { type: 'button', class: 'time-link', dir: 'ltr', onclick }, piece);
  });
}
