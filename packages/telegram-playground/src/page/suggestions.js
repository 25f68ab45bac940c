// The list above the text box: the bot's commands, or the results of an inline query. The text box keeps the
// focus, as the combobox pattern requires.

import { byId, element } from './dom.js';

/**
 * A row of the list. `complete` is what Tab writes into the text box.
 * @typedef {{ id: string, name: string, description: string, choose: () => void, complete?: string, ltr?: boolean }} Suggestion
 */

export function prepareSuggestions() {
  const box = byId('suggestions');
  const text = /** @type {HTMLTextAreaElement} */ (byId('message'));
  const button = byId('commands');
  /** @type {HTMLElement[]} */
  let options = [];
  /** @type {readonly Suggestion[]} */
  let shown = [];
  let active = 0;

  const mark = () => {
    for (const [index, option] of options.entries()) {
      option.setAttribute('aria-selected', String(index === active));
      if (index === active) option.scrollIntoView({ block: 'nearest' });
    }
    const id = options[active]?.id;
    if (id) text.setAttribute('aria-activedescendant', id);
    else text.removeAttribute('aria-activedescendant');
  };

  const close = () => {
    box.hidden = true;
    options = [];
    button.setAttribute('aria-expanded', 'false');
    text.setAttribute('aria-expanded', 'false');
    text.removeAttribute('aria-activedescendant');
  };

  const choose = (/** @type {Suggestion} */ suggestion) => {
    close();
    text.value = '';
    text.dispatchEvent(new Event('input'));
    suggestion.choose();
    text.focus();
  };

  text.addEventListener('blur', close);

  return {
    close,
    isOpen: () => !box.hidden,
    /** @param {readonly Suggestion[]} suggestions @param {string} none shown when there are none */
    open(suggestions, none) {
      shown = suggestions;
      options = suggestions.map((suggestion) =>
        element(
          'div',
          {
            role: 'option',
            id: suggestion.id,
            onmousedown: (/** @type {Event} */ event) => event.preventDefault(),
            onclick: () => choose(suggestion),
          },
          element('bdi', { class: 'command-name', dir: suggestion.ltr ? 'ltr' : null }, suggestion.name),
          element('span', { class: 'command-description', dir: 'auto' }, suggestion.description),
        ),
      );
      active = 0;
      box.replaceChildren(...(options.length > 0 ? options : [element('div', { class: 'none' }, none)]));
      box.hidden = false;
      button.setAttribute('aria-expanded', 'true');
      text.setAttribute('aria-expanded', 'true');
      mark();
    },
    /**
     * Handles a key of the text box while the list is open. @returns {boolean} true when it was for the list
     */
    key(/** @type {KeyboardEvent} */ event) {
      if (box.hidden) return false;
      const suggestion = shown[active];
      const count = Math.max(1, options.length);
      if (event.key === 'ArrowDown') active = (active + 1) % count;
      else if (event.key === 'ArrowUp') active = (active - 1 + count) % count;
      else if (event.key === 'Enter' && options.length > 0 && suggestion) choose(suggestion);
      else if (event.key === 'Tab' && options.length > 0 && suggestion?.complete !== undefined) {
        text.value = suggestion.complete;
        text.dispatchEvent(new Event('input'));
      } else if (event.key === 'Escape') close();
      else return false;
      if (!box.hidden) mark();
      event.preventDefault();
      return true;
    },
  };
}
