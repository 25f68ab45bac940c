// What the paper clip offers: files, photos, stickers, a contact, a location, a poll.

import { sendAttachment } from './api.js';
import { drawSticker } from './attachments.js';
import { byId } from './dom.js';
import { translate } from './locale.js';
import { openMenuAt } from './menu.js';
import { fullName } from './names.js';

/** @import { Message, OutgoingFile, Person, Place } from './types.js' */

const stickers = ['😀', '👍', '❤️', '🎉', '🐢', '🌷'];

/** Places to send: the name, latitude and longitude. */
const places = /** @type {const} */ ([
  ['placeTehran', 35.6997, 51.338],
  ['placeIsfahan', 32.6575, 51.6775],
  ['placeLondon', 51.5079, -0.0877],
]);

/**
 * @param {{
 *   place: () => Place | null,
 *   people: () => readonly Person[],
 *   pick: (photos: boolean) => void,
 *   onFile: (outgoing: OutgoingFile) => void,
 *   onSent: (message: Message) => void,
 *   onFailed: (error: unknown) => void,
 * }} hooks
 */
export function prepareAttachMenu({ place, people, pick, onFile, onSent, onFailed }) {
  const button = byId('attach');
  const send = (/** @type {object} */ attachment) => {
    const here = place();
    if (here) sendAttachment(here, attachment).then(onSent, onFailed);
  };
  const openStickers = () =>
    openMenuAt(
      button,
      stickers.map((emoji) => ({
        label: emoji,
        run: async () => {
          const file = await drawSticker(emoji);
          if (file) onFile({ file, kind: 'sticker', emoji });
        },
      })),
    );
  const openContacts = () =>
    openMenuAt(
      button,
      people().map((person) => ({
        label: fullName(person),
        icon: 'person',
        run: () => send({ kind: 'contact', user_id: person.id }),
      })),
    );
  const openPlaces = () =>
    openMenuAt(
      button,
      places.map(([name, latitude, longitude]) => ({
        label: translate(name),
        icon: 'place',
        run: () => send({ kind: 'location', latitude, longitude }),
      })),
    );

  const poll = /** @type {HTMLDialogElement} */ (byId('poll-dialog'));
  const form = /** @type {HTMLFormElement} */ (byId('poll-form'));
  const question = /** @type {HTMLInputElement} */ (byId('poll-question'));
  const options = /** @type {HTMLTextAreaElement} */ (byId('poll-options'));
  const openPoll = () => {
    form.reset();
    poll.showModal();
    question.focus();
  };
  byId('poll-cancel').addEventListener('click', () => poll.close());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const lines = options.value.split('\n').filter((line) => line.trim() !== '');
    send({ kind: 'poll', question: question.value, options: lines });
    poll.close();
  });

  button.addEventListener('click', () => {
    if (!place()) return;
    openMenuAt(button, [
      { label: translate('attachFile'), icon: 'file', run: () => pick(false) },
      { label: translate('photo'), icon: 'photo', run: () => pick(true) },
      { label: translate('sticker'), icon: 'sticker', run: openStickers },
      { label: translate('contact'), icon: 'person', run: openContacts },
      { label: translate('location'), icon: 'place', run: openPlaces },
      { label: translate('poll'), icon: 'poll', run: openPoll },
    ]);
  });
}
