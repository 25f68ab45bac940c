// Notices to the person: a toast, or a dialog for what must be read.

import { byId, element } from './dom.js';
import { translate } from './locale.js';

/**
 * Returns how long a toast stays, in ms: time to read it, at about 15 characters a second. @param {string}
 * text
 */
const readingTime = (text) => Math.min(10_000, 3000 + text.length * 65);

/**
 * Shows a line over the conversation for a while; screen readers read it from the status region.
 * @param {string} text
 */
export function toast(text) {
  const region = byId('toasts');
  const node = element('div', { class: 'toast', dir: 'auto' }, text);
  for (const earlier of [...region.children].slice(0, -1)) earlier.remove();
  region.append(node);
  const leave = () => node.remove();
  node.addEventListener('click', leave);
  window.setTimeout(leave, readingTime(text));
}

/**
 * Shows a dialog with one button.
 * @param {string} text
 * @param {string} title
 * @returns {Promise<void>} resolves when it is closed
 */
export function alertDialog(text, title) {
  return confirmDialog(text, title, { accept: translate('ok') }).then(() => undefined);
}

/**
 * Shows a dialog with a question.
 * @param {string} text
 * @param {string} title
 * @param {{ accept: string, refuse?: string }} words without `refuse` there is one button
 * @returns {Promise<boolean>} true when accepted
 */
export function confirmDialog(text, title, { accept, refuse }) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('notice'));
  byId('notice-title').textContent = title;
  byId('notice-text').textContent = text;
  byId('notice-accept').textContent = accept;
  const second = byId('notice-refuse');
  second.hidden = refuse === undefined;
  second.textContent = refuse ?? '';
  dialog.returnValue = '';
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'accept'), { once: true });
    if (!dialog.open) dialog.showModal();
    byId('notice-accept').focus();
  });
}
