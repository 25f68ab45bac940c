// The lists of people to speak as and of groups, and the form that adds a person.

import { addPerson } from './api.js';
import { byId, element } from './dom.js';
import { currentLanguage, formatNumber, formatShort, translate } from './locale.js';
import { toast } from './notices.js';

/** @import { LastMessage, Person } from './types.js' */
/** @typedef {{ id: number, name: string, initials: string, unread: number, last_message?: LastMessage | undefined }} Row */

/** Number of avatar colours in style.css. */
const colours = 7;

/** Returns the first letters of names; a half-space keeps two Persian ones from joining into a word. @param {(string | undefined)[]} names */
export const initialsOf = (...names) =>
  names
    .map((name) => [...(name?.trim() ?? '')][0] ?? '')
    .filter((one) => one)
    .join('\u200c')
    .toLocaleUpperCase();

/** Returns the circle with the first letters of a name. @param {{ id: number, initials: string }} row */
export const avatar = ({ id, initials }) =>
  element('span', { class: `avatar colour-${Math.abs(id) % colours}`, 'aria-hidden': 'true' }, initials);

/**
 * Draws a list of chats. The focus stays on the same chat.
 * @param {HTMLElement} list
 * @param {readonly Row[]} rows
 * @param {number | null} chosen
 */
export function renderChats(list, rows, chosen) {
  const focused = list.contains(document.activeElement) ? document.activeElement?.getAttribute('href') : null;
  const inList = rows.some(({ id }) => id === chosen);
  const items = rows.map((row, index) => {
    const current = row.id === chosen;
    const { last_message: last, unread } = row;
    return element(
      'li',
      {},
      element(
        'a',
        {
          class: 'person',
          href: `#${row.id}`,
          'aria-current': current ? 'page' : null,
          tabindex: (inList ? current : index === 0) ? 0 : -1,
        },
        avatar(row),
        element(
          'span',
          { class: 'person-text' },
          element('bdi', { class: 'person-name' }, row.name),
          last?.text ? element('span', { class: 'person-last', dir: 'auto' }, last.text) : null,
        ),
        element(
          'span',
          { class: 'person-side' },
          element('time', {}, last ? formatShort(last.date) : ''),
          unread > 0 && !current
            ? element(
                'span',
                { class: 'badge', 'aria-label': translate('unread', { count: unread }) },
                formatNumber(unread),
              )
            : null,
        ),
      ),
    );
  });
  list.replaceChildren(...items);
  if (focused) /** @type {HTMLElement | null} */ (list.querySelector(`[href="${focused}"]`))?.focus();
}

/** Prepares the arrow keys of a list. @param {HTMLElement} list */
export function prepareList(list) {
  list.addEventListener('keydown', (event) => {
    const links = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('a')]);
    const here = links.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const moves = /** @type {Record<string, number>} */ ({
      ArrowUp: here - 1,
      ArrowDown: here + 1,
      Home: 0,
      End: links.length - 1,
    });
    const target = links[moves[event.key] ?? -1];
    if (!target) return;
    event.preventDefault();
    for (const link of links) link.tabIndex = link === target ? 0 : -1;
    target.focus();
  });
}

/**
 * Prepares the dialog that adds a person.
 * @param {(person: Person) => void} onAdded
 */
export function prepareNewPerson(onAdded) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('person-dialog'));
  const form = /** @type {HTMLFormElement} */ (byId('person-form'));
  const name = /** @type {HTMLInputElement} */ (byId('person-name'));
  const language = /** @type {HTMLSelectElement} */ (byId('person-language'));
  const open = () => {
    form.reset();
    language.value = currentLanguage();
    dialog.showModal();
    name.focus();
  };
  for (const button of document.querySelectorAll('[data-action="add-person"]'))
    button.addEventListener('click', open);
  byId('person-cancel').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const firstName = name.value.trim();
    if (!firstName) return name.focus();
    try {
      const person = await addPerson({ first_name: firstName, language_code: language.value });
      dialog.close();
      onAdded(person);
    } catch (error) {
      toast(translate('sendFailed', { reason: /** @type {Error} */ (error).message }));
    }
  });
}
