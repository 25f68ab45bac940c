// The list of people to speak as, and the form that adds one.

import { addPerson } from './api.js';
import { byId, element } from './dom.js';
import { currentLanguage, formatNumber, formatShort, translate } from './locale.js';
import { toast } from './notices.js';

/** @import { Person } from './types.js' */

/** Number of avatar colours in style.css. */
const colours = 7;

/** @param {{ id: number, first_name: string, last_name?: string }} person */
export function avatar({ id, first_name: first, last_name: last }) {
  const letter = (/** @type {string | undefined} */ name) => [...(name?.trim() ?? '')][0] ?? '';
  // A half-space keeps two Persian initials from joining into a word.
  const initials = [letter(first), letter(last)].filter((one) => one).join('\u200c');
  return element(
    'span',
    { class: `avatar colour-${Math.abs(id) % colours}`, 'aria-hidden': 'true' },
    initials.toLocaleUpperCase(),
  );
}

/** @param {Person} person */
export const fullName = ({ first_name: first, last_name: last }) =>
  [first, last].filter((one) => one).join(' ');

/**
 * Draws the list. The focus stays on the same person.
 * @param {readonly Person[]} people
 * @param {number | null} chosen
 */
export function renderPeople(people, chosen) {
  const list = byId('people-list');
  const focused = list.contains(document.activeElement) ? document.activeElement?.getAttribute('href') : null;
  const inList = people.some(({ id }) => id === chosen);
  const items = people.map((person, index) => {
    const current = person.id === chosen;
    const { last_message: last, unread } = person;
    return element(
      'li',
      {},
      element(
        'a',
        {
          class: 'person',
          href: `#${person.id}`,
          'aria-current': current ? 'page' : null,
          tabindex: (inList ? current : index === 0) ? 0 : -1,
        },
        avatar(person),
        element(
          'span',
          { class: 'person-text' },
          element('bdi', { class: 'person-name' }, fullName(person)),
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

/**
 * Prepares arrow keys in the list, and the dialog that adds a person.
 * @param {(person: Person) => void} onAdded
 */
export function preparePeople(onAdded) {
  const list = byId('people-list');
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
