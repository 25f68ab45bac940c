// The bot's commands: opened by the "/" button, or while a command is typed.

import { byId } from './dom.js';
import { translate } from './locale.js';

/** @import { Command } from './types.js' */
/** @import { prepareSuggestions } from './suggestions.js' */

/**
 * @param {{
 *   list: ReturnType<typeof prepareSuggestions>,
 *   commands: () => readonly Command[],
 *   onCommand: (command: string) => void,
 * }} hooks
 */
export function prepareCommands({ list, commands, onCommand }) {
  const text = /** @type {HTMLTextAreaElement} */ (byId('message'));
  const button = byId('commands');

  /** @param {string} prefix what was typed after the slash @param {boolean} always open even when nothing fits */
  const open = (prefix, always) => {
    const fitting = commands().filter(({ command }) => command.startsWith(prefix.toLowerCase()));
    if (fitting.length === 0 && !always) return list.close();
    list.open(
      fitting.map(({ command, description }) => ({
        id: `command-${command}`,
        name: `/${command}`,
        ltr: true,
        description,
        choose: () => onCommand(`/${command}`),
        complete: `/${command} `,
      })),
      translate('noCommands'),
    );
  };

  button.addEventListener('mousedown', (event) => event.preventDefault());
  button.addEventListener('click', () => {
    if (list.isOpen()) return list.close();
    text.focus();
    open('', true);
  });
  text.addEventListener('input', () => {
    const typed = /^\/(\w*)$/.exec(text.value)?.[1];
    if (typed === undefined) list.close();
    else open(typed, false);
  });
}
