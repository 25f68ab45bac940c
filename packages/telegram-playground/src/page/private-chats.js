// Chats of two people, and the connection of the bot to a person's account.

import { connectAccount, disconnectAccount, openPrivateChat } from './api.js';
import { byId, element } from './dom.js';
import { translate } from './locale.js';
import { fullName } from './names.js';
import { toast } from './notices.js';

/** @import { Connection, Person, PrivateChat } from './types.js' */

const failed = (/** @type {unknown} */ error) =>
  toast(translate('sendFailed', { reason: String(/** @type {Error} */ (error).message) }));

/** Returns the two people of a chat. @param {PrivateChat} chat @param {readonly Person[]} people */
export const pairOf = (chat, people) => people.filter(({ id }) => chat.people.includes(id));

/** Returns the names of the two people. @param {PrivateChat} chat @param {readonly Person[]} people */
export const pairName = (chat, people) => pairOf(chat, people).map(fullName).join(' · ');

/**
 * Prepares the dialog that opens a chat of two people.
 * @param {{ people: () => readonly Person[], onOpened: (chat: PrivateChat) => void }} hooks
 */
export function prepareNewPrivateChat({ people, onOpened }) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('pair-dialog'));
  const selects = ['pair-one', 'pair-other'].map((id) => /** @type {HTMLSelectElement} */ (byId(id)));
  byId('add-pair').addEventListener('click', () => {
    for (const [index, select] of selects.entries()) {
      const options = people().map((person) => element('option', { value: person.id }, fullName(person)));
      select.replaceChildren(...options);
      select.selectedIndex = Math.min(index, options.length - 1);
    }
    dialog.showModal();
    selects[0]?.focus();
  });
  byId('pair-cancel').addEventListener('click', () => dialog.close());
  byId('pair-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      const chat = await openPrivateChat(selects.map(({ value }) => Number(value)));
      dialog.close();
      onOpened(chat);
    } catch (error) {
      failed(error);
    }
  });
}

/**
 * Prepares the dialog that connects the bot to a person's account.
 * @param {{ people: () => readonly Person[] }} hooks
 * @returns {(person: Person, present: Connection | null) => void} opens it
 */
export function prepareConnection({ people }) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('connection-dialog'));
  const canReply = /** @type {HTMLInputElement} */ (byId('connection-reply'));
  const chats = /** @type {HTMLSelectElement} */ (byId('connection-chats'));
  const list = byId('connection-people');
  /** @type {Person | null} */
  let owner = null;

  const showPeople = () => {
    byId('connection-choices').hidden = chats.value === 'all';
  };
  chats.addEventListener('change', showPeople);
  byId('connection-cancel').addEventListener('click', () => dialog.close());
  byId('connection-end').addEventListener('click', () => {
    if (owner) disconnectAccount(owner.id).catch(failed);
    dialog.close();
  });
  byId('connection-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const chosen = new FormData(/** @type {HTMLFormElement} */ (event.target)).getAll('friend').map(Number);
    const choice = { can_reply: canReply.checked, chats: chats.value, people: chosen };
    if (owner) connectAccount(owner.id, choice).catch(failed);
    dialog.close();
  });

  return (person, present) => {
    owner = person;
    byId('connection-title').textContent = translate('connectionTitle', { name: fullName(person) });
    canReply.checked = present?.canReply ?? true;
    chats.value = present?.chats ?? 'all';
    list.replaceChildren(
      ...people()
        .filter(({ id }) => id !== person.id)
        .map((friend) =>
          element(
            'label',
            { class: 'choice' },
            element('input', {
              type: 'checkbox',
              name: 'friend',
              value: friend.id,
              checked: present?.people.includes(friend.id) ?? false,
            }),
            element('bdi', {}, fullName(friend)),
          ),
        ),
    );
    byId('connection-end').hidden = present === null;
    byId('connection-save').textContent = translate(present ? 'save' : 'connect');
    showPeople();
    dialog.showModal();
    canReply.focus();
  };
}
