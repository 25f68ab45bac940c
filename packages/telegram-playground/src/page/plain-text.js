// Runs of plain text inside a message.

import { element } from './dom.js';

/** Matches a letter, which gives a line its direction; digits and signs do not. */
const letter = /\p{L}/u;
/** Matches the blocks of which bots draw progress bars. */
const bar = /([\u2588\u2591-\u2593\u25b0\u25b1]{4,})/;
/** Right-to-left mark: invisible, but a letter as far as direction goes. */
const rightToLeftMark = '\u200f';

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
 * @returns {(Node | string)[]}
 */
export function plainText(text, from, to, undirected) {
  const starts = [...undirected].filter((offset) => offset >= from && offset < to);
  /** @type {(Node | string)[]} */
  const nodes = [];
  let position = from;
  for (const start of [...starts, to]) {
    for (const piece of text.slice(position, start).split(bar))
      if (piece) nodes.push(bar.test(piece) ? element('span', { class: 'bar' }, piece) : piece);
    if (start < to) nodes.push(rightToLeftMark);
    position = start;
  }
  return nodes;
}
