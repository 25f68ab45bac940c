// The bot's commands: opened by the "/" button, or while a command is typed.

import { byId, element } from './dom.js';
import { translate } from './locale.js';

/** @import { Command } from './types.js' */

/**
 * @param {{ commands: () => readonly Command[], onCommand: (command: string) => void }} hooks
 */
export function prepareCommands({ commands, onCommand }) {
  const box = byId('command-list');
  const text = /** @type {HTMLTextAreaElement} */ (byId('message'));
  const button = byId('commands');
  /** @type {HTMLElement[]} */
  let options = [];
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

  const choose = (/** @type {string} */ command) => {
    close();
    text.value = '';
    text.dispatchEvent(new Event('input'));
    onCommand(`/${command}`);
    text.focus();
  };

  /** @param {string} prefix what was typed after the slash @param {boolean} always open even when nothing fits */
  const open = (prefix, always) => {
    const fitting = commands().filter(({ command }) => command.startsWith(prefix.toLowerCase()));
    if (fitting.length === 0 && !always) return close();
    options = fitting.map(({ command, description }) =>
      element(
        'div',
        {
          role: 'option',
          id: `command-${command}`,
          // The text box keeps the focus, as the combobox pattern requires.
          onmousedown: (/** @type {Event} */ event) => event.preventDefault(),
          onclick: () => choose(command),
        },
        element('bdi', { class: 'command-name' }, `/${command}`),
        element('span', { class: 'command-description', dir: 'auto' }, description),
      ),
    );
    active = 0;
    box.replaceChildren(
      ...(options.length > 0 ? options : [element('div', { class: 'none' }, translate('noCommands'))]),
    );
    box.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    text.setAttribute('aria-expanded', 'true');
    mark();
  };

  button.addEventListener('mousedown', (event) => event.preventDefault());
  button.addEventListener('click', () => {
    if (!box.hidden) return close();
    text.focus();
    open('', true);
  });
  text.addEventListener('input', () => {
    const typed = /^\/(\w*)$/.exec(text.value)?.[1];
    if (typed === undefined) close();
    else open(typed, false);
  });
  text.addEventListener('blur', close);

  return {
    close,
    /**
     * Handles a key of the text box while the list is open. @returns {boolean} true when it was for the list
     */
    key(/** @type {KeyboardEvent} */ event) {
      if (box.hidden) return false;
      const command = options[active]?.querySelector('.command-name')?.textContent?.slice(1);
      if (event.key === 'ArrowDown') active = (active + 1) % Math.max(1, options.length);
      else if (event.key === 'ArrowUp') active = (active - 1 + options.length) % Math.max(1, options.length);
      else if (event.key === 'Enter' && command) choose(command);
      else if (event.key === 'Tab' && command) {
        text.value = `/${command} `;
        text.dispatchEvent(new Event('input'));
      } else if (event.key === 'Escape') close();
      else return false;
      if (!box.hidden) mark();
      event.preventDefault();
      return true;
    },
  };
}
