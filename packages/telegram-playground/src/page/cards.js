// Messages that are no text and no file: contacts, locations, polls.

import { element, icon } from './dom.js';
import { formatNumber, formatPercent, translate } from './locale.js';
import { fullName } from './names.js';

/** @import { Message, Poll } from './types.js' */

/** Returns what the card shows, to notice changes. @param {Message} message */
export const cardOf = ({ contact, location, poll }) => contact ?? location ?? poll;

/** @param {Message} message @returns {HTMLElement | null} */
export function renderCard({ contact, location, poll }) {
  if (contact)
    return card(
      'contact',
      icon('person'),
      element('bdi', { class: 'file-name' }, fullName(contact)),
      element('bdi', { class: 'file-size', dir: 'ltr' }, contact.phone_number),
    );
  if (location) {
    const { latitude, longitude } = location;
    const digits = { minimumFractionDigits: 4, maximumFractionDigits: 4 };
    return card(
      'location',
      icon('place'),
      element('span', { class: 'file-name' }, translate('location')),
      element(
        'bdi',
        { class: 'file-size', dir: 'ltr' },
        `${formatNumber(latitude, digits)}, ${formatNumber(longitude, digits)}`,
      ),
    );
  }
  return poll ? renderPoll(poll) : null;
}

/** @param {string} kind @param {Node} symbol @param {...Node} lines */
function card(kind, symbol, ...lines) {
  return element(
    'div',
    { class: `card ${kind}` },
    element('span', { class: 'card-icon' }, symbol),
    element('span', { class: 'file-text' }, ...lines),
  );
}

/** @param {Poll} poll */
function renderPoll({ question, options, total_voter_count: total }) {
  return element(
    'div',
    { class: 'poll' },
    element('p', { class: 'poll-question', dir: 'auto' }, question),
    element('p', { class: 'file-size' }, translate('pollAnonymous')),
    element(
      'ul',
      {},
      ...options.map(({ text, voter_count: votes }) =>
        element(
          'li',
          {},
          element('span', { class: 'poll-share' }, formatPercent(total > 0 ? votes / total : 0)),
          element('bdi', {}, text),
        ),
      ),
    ),
  );
}
