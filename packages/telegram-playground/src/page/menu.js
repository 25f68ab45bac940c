// A menu of actions: for a message, an attachment, a chat.

import { element, icon } from './dom.js';

/** @typedef {{ label: string, icon?: string, run: () => void, danger?: boolean }} Action */

/** @type {(() => void) | null} */
let closeOpen = null;

/**
 * Opens the menu at a point of the window, kept inside it. Arrow keys move, Escape closes, focus returns.
 * @param {readonly Action[]} actions
 * @param {{ x: number, y: number }} point
 * @param {string} label
 */
export function openMenu(actions, { x, y }, label) {
  closeOpen?.();
  const before = document.activeElement;
  const items = actions.map(({ label: text, icon: name, run, danger }) =>
    element(
      'button',
      {
        type: 'button',
        role: 'menuitem',
        tabindex: -1,
        class: danger ? 'danger' : null,
        onclick: () => {
          close();
          run();
        },
      },
      name ? icon(name) : null,
      element('bdi', {}, text),
    ),
  );
  const menu = element('div', { class: 'menu', role: 'menu', 'aria-label': label }, ...items);

  const close = () => {
    if (closeOpen !== close) return;
    closeOpen = null;
    menu.remove();
    removeEventListener('pointerdown', outside, true);
    removeEventListener('blur', close);
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  };
  const outside = (/** @type {Event} */ event) => {
    if (!menu.contains(/** @type {Node} */ (event.target))) close();
  };
  menu.addEventListener('keydown', (event) => {
    const here = items.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const moves = /** @type {Record<string, number>} */ ({
      ArrowDown: (here + 1) % items.length,
      ArrowUp: (here - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    });
    const target = moves[event.key];
    if (target !== undefined) items[target]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  document.body.append(menu);
  closeOpen = close;
  addEventListener('pointerdown', outside, true);
  addEventListener('blur', close);
  const { offsetWidth, offsetHeight } = menu;
  const left = document.documentElement.dir === 'rtl' ? x - offsetWidth : x;
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, innerHeight - offsetHeight - 8))}px`;
  items[0]?.focus();
}

/** Opens a menu above or below a button. @param {HTMLElement} button @param {readonly Action[]} actions */
export function openMenuAt(button, actions) {
  const { left, right, bottom } = button.getBoundingClientRect();
  const x = document.documentElement.dir === 'rtl' ? right : left;
  openMenu(actions, { x, y: bottom }, button.getAttribute('aria-label') ?? '');
}
