// The bar with the pinned messages: a press goes to one after the other, from the newest up.

import { byId } from './dom.js';
import { formatNumber, translate } from './locale.js';
import { summaryOf } from './media.js';

/** @import { Message } from './types.js' */

/** @param {(messageId: number) => void} onJump */
export function preparePinned(onJump) {
  const bar = byId('pinned');
  /** In the order of sending. @type {readonly Message[]} */
  let messages = [];
  let at = 0;

  const draw = () => {
    const message = messages[at];
    bar.hidden = message === undefined;
    if (!message) return;
    const number = messages.length > 1 ? ` ${formatNumber(at + 1)}/${formatNumber(messages.length)}` : '';
    byId('pinned-title').textContent = translate('pinnedMessage') + number;
    byId('pinned-text').textContent = summaryOf(message).slice(0, 200);
  };

  bar.addEventListener('click', () => {
    const message = messages[at];
    if (message) onJump(message.message_id);
    at = at > 0 ? at - 1 : messages.length - 1;
    draw();
  });

  return {
    /** @param {readonly Message[]} pinned */
    show(pinned) {
      messages = pinned;
      at = Math.max(0, pinned.length - 1);
      draw();
    },
    has: (/** @type {Message} */ { message_id: id }) => messages.some(({ message_id }) => message_id === id),
  };
}
