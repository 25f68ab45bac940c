// Formatted text: a Bot API text with its entities becomes DOM nodes. Offsets count UTF-16 code units, as
// JavaScript's own strings do.

import { element, icon } from './dom.js';
import { translate } from './locale.js';
import { plainText, undirectedLines } from './plain-text.js';

/** @import { Entity } from './types.js' */
/** @import { Times } from './plain-text.js' */

/** Links of any other kind (`javascript:`, `data:`) stay plain text. */
const safeLink = /^(https?|mailto|tel|tg):/i;

/** Entities that become a plain tag. @type {Record<string, keyof HTMLElementTagNameMap>} */
const plainTags = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  hashtag: 'span',
  cashtag: 'span',
};

/**
 * Returns the text as nodes.
 * @param {string} text
 * @param {readonly Entity[]} entities
 * @param {(command: string) => void} onCommand called when a /command in the text is pressed
 * @param {Times} [times] makes times such as 1:05 buttons
 * @returns {DocumentFragment}
 */
export function renderText(text, entities, onCommand, times) {
  const ordered = entities
    .filter(({ offset, length }) => length > 0 && offset >= 0 && offset < text.length)
    .toSorted((one, other) => one.offset - other.offset || other.length - one.length);
  return renderRange({ text, undirected: undirectedLines(text), onCommand, times }, 0, text.length, ordered);
}

/** @typedef {{ text: string, undirected: ReadonlySet<number>, onCommand: (command: string) => void, times: Times | undefined }} Source */

/**
 * @param {Source} source @param {number} start @param {number} end
 * @param {readonly Entity[]} entities those that begin inside the range, outer before inner
 */
function renderRange(source, start, end, entities) {
  const { text, undirected, onCommand, times } = source;
  const fragment = document.createDocumentFragment();
  let position = start;
  let index = 0;
  while (index < entities.length) {
    const entity = /** @type {Entity} */ (entities[index]);
    const from = Math.max(entity.offset, position);
    const to = Math.min(entity.offset + entity.length, end);
    // Entities that begin before this one ends are inside it; a part beyond its end is cut, as Telegram does.
    let next = index + 1;
    while (next < entities.length && /** @type {Entity} */ (entities[next]).offset < to) next += 1;
    if (to > from) {
      if (from > position) fragment.append(...plainText(text, position, from, undirected, times));
      const inner = renderRange(source, from, to, entities.slice(index + 1, next));
      fragment.append(wrap(entity, text.slice(from, to), inner, onCommand));
      position = to;
      // A block already ends its line: the line feed after it would show as an empty one.
      if (isBlock(entity) && text[position] === '\n') position += 1;
    }
    index = next;
  }
  if (position < end) fragment.append(...plainText(text, position, end, undirected, times));
  return fragment;
}

/** @param {Entity} entity */
const isBlock = ({ type }) => type === 'pre' || type === 'blockquote' || type === 'expandable_blockquote';

/**
 * @param {Entity} entity @param {string} covered @param {DocumentFragment} inner
 * @param {(command: string) => void} onCommand
 * @returns {Node}
 */
function wrap(entity, covered, inner, onCommand) {
  const tag = plainTags[entity.type];
  if (tag) return element(tag, {}, inner);
  switch (entity.type) {
    case 'pre':
      return element('pre', { tabindex: 0 }, element('code', { class: entity.language }, inner));
    case 'text_link':
      return link(entity.url ?? '', inner);
    case 'url':
      return link(/^[a-z][a-z0-9+.-]*:/i.test(covered) ? covered : `https://${covered}`, inner);
    case 'email':
      return link(`mailto:${covered}`, inner);
    case 'phone_number':
      return link(`tel:${covered}`, inner);
    case 'mention':
    case 'text_mention':
      return element('span', { class: 'mention', dir: 'auto' }, inner);
    case 'bot_command':
      return element(
        'button',
        // A button is a paragraph of its own: in a Persian text it would show `help/`.
        { type: 'button', class: 'command', dir: 'ltr', onclick: () => onCommand(covered) },
        inner,
      );
    case 'blockquote':
      return element('blockquote', {}, inner);
    case 'expandable_blockquote':
      return expandable(inner);
    case 'spoiler':
      return spoiler(inner);
    default:
      return inner;
  }
}

/** @param {string} address @param {DocumentFragment} inner */
function link(address, inner) {
  if (!safeLink.test(address)) return inner;
  return element('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, inner);
}

/** @param {DocumentFragment} inner */
function expandable(inner) {
  const body = element('div', { class: 'quote-body' }, inner);
  const label = element('span', {}, translate('expand'));
  const toggle = element(
    'button',
    { type: 'button', class: 'quote-toggle', 'aria-expanded': 'false' },
    label,
    icon('down'),
  );
  const quote = element('blockquote', { class: 'expandable' }, body, toggle);
  toggle.addEventListener('click', () => {
    const open = quote.classList.toggle('expanded');
    toggle.setAttribute('aria-expanded', String(open));
    label.textContent = translate(open ? 'collapse' : 'expand');
  });
  // Short enough to show whole: no button. Only known after layout.
  requestAnimationFrame(() => {
    if (body.clientHeight > 0) toggle.hidden = body.scrollHeight <= body.clientHeight + 1;
  });
  return quote;
}

/** @param {DocumentFragment} inner */
function spoiler(inner) {
  const cover = element('span', { class: 'spoiler-text' }, inner);
  const node = element(
    'span',
    { class: 'spoiler', role: 'button', tabindex: 0, 'aria-label': translate('spoiler') },
    cover,
  );
  cover.setAttribute('aria-hidden', 'true');
  const reveal = () => {
    node.classList.add('revealed');
    for (const name of ['role', 'tabindex', 'aria-label']) node.removeAttribute(name);
    cover.removeAttribute('aria-hidden');
  };
  node.addEventListener('click', reveal, { once: true });
  node.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    reveal();
  });
  return node;
}
