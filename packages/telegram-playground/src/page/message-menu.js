// The actions for one message, and the dialog that forwards it.

import { deleteMessage, forwardMessage, pinMessage } from './api.js';
import { byId, element } from './dom.js';
import { membersOf } from './groups.js';
import { translate } from './locale.js';
import { openMenu } from './menu.js';
import { toast } from './notices.js';

/** @import { Group, Message, Person, Place } from './types.js' */

/**
 * @param {{
 *   place: () => Place | null,
 *   botName: () => string,
 *   people: () => readonly Person[],
 *   groups: () => readonly Group[],
 *   isPinned: (message: Message) => boolean,
 *   isOwn: (message: Message) => boolean,
 *   onReply: (message: Message) => void,
 *   onEdit: (message: Message) => void,
 *   onDeleted: (message: Message) => void,
 *   onSent: (chatId: number, message: Message) => void,
 *   onFailed: (error: unknown) => void,
 * }} hooks
 * @returns {(message: Message, point: { x: number, y: number }) => void} opens the menu
 */
export function prepareMessageMenu(hooks) {
  const { place, isPinned, isOwn, onReply, onEdit, onDeleted, onFailed } = hooks;
  const openForward = prepareForward(hooks);

  return (message, point) => {
    const here = place();
    if (!here) return;
    const text = message.text ?? message.caption;
    const card = /** @type {HTMLAnchorElement | null} */ (
      document.querySelector(`#message-${message.message_id} .file-card`)
    );
    const service = document.querySelector(`#message-${message.message_id}.service`) !== null;
    const hasWords =
      message.text !== undefined ||
      message.voice ||
      message.audio ||
      message.video ||
      message.document ||
      message.photo;
    const canEdit = isOwn(message) && !message.forward_origin && !message.via_bot && hasWords;
    const pinned = isPinned(message);
    const copy = () =>
      navigator.clipboard.writeText(text ?? '').then(() => toast(translate('copied')), onFailed);
    const remove = () =>
      deleteMessage(here, message.message_id).then(() => here === place() && onDeleted(message), onFailed);
    const pin = () => pinMessage(here, message.message_id, !pinned).catch(onFailed);
    openMenu(
      [
        ...(service ? [] : [{ label: translate('reply'), icon: 'reply', run: () => onReply(message) }]),
        ...(canEdit ? [{ label: translate('edit'), icon: 'edit', run: () => onEdit(message) }] : []),
        ...(text ? [{ label: translate('copyText'), icon: 'copy', run: copy }] : []),
        ...(card ? [{ label: translate('download'), icon: 'download', run: () => card.click() }] : []),
        ...(service
          ? []
          : [
              { label: translate('forward'), icon: 'forward', run: () => openForward(message) },
              { label: translate(pinned ? 'unpin' : 'pin'), icon: 'pin', run: pin },
            ]),
        { label: translate('delete'), icon: 'trash', danger: true, run: remove },
      ],
      point,
      translate('messageActions'),
    );
  };
}

/** @param {Parameters<typeof prepareMessageMenu>[0]} hooks */
function prepareForward({ place, botName, people, groups, onSent, onFailed }) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('forward-dialog'));
  const target = /** @type {HTMLSelectElement} */ (byId('forward-target'));
  const origin = /** @type {HTMLSelectElement} */ (byId('forward-origin'));
  /** @type {Message | null} */
  let chosen = null;

  byId('forward-cancel').addEventListener('click', () => dialog.close());
  byId('forward-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const here = place();
    if (!here || !chosen) return;
    const id = Number(target.value);
    const group = groups().find((one) => one.id === id) ?? null;
    const topic = id === here.id ? here.topic : undefined;
    forwardMessage(
      { id, speaker: here.speaker, group, topic },
      here.id,
      chosen.message_id,
      origin.value,
    ).then((message) => onSent(id, message), onFailed);
    dialog.close();
  });

  return (/** @type {Message} */ message) => {
    const here = place();
    if (!here) return;
    chosen = message;
    const { speaker } = here;
    const mine = groups().filter((group) => membersOf(group, people()).includes(speaker));
    target.replaceChildren(
      element('option', { value: speaker.id }, botName()),
      ...mine.map(({ id, title }) => element('option', { value: id }, title)),
    );
    target.value = String(speaker.id);
    origin.value = 'user';
    // A message that was forwarded before keeps its first origin.
    byId('forward-origin-label').hidden = message.forward_origin !== undefined;
    dialog.showModal();
    target.focus();
  };
}
