// The live stream of one conversation.

import { pathOf } from './api.js';

const eventNames = [
  'message',
  'edit',
  'delete',
  'action',
  'reaction',
  'callback_answer',
  'commands',
  'profile',
  'pinned',
  'draft',
  'group',
  'unread',
  'reset',
];

/** Delay before a stream that the browser gave up on is opened again, in ms. */
const retryAfter = 2000;

/**
 * Listens to a chat's events until the returned function is called.
 * @param {number} chatId
 * @param {{ onEvent: (name: string, data: any) => void, onConnection: (connected: boolean, again: boolean) => void }} hooks
 *   `again` is true when the stream came back after it was lost, so that something may have been missed.
 * @returns {() => void} stops listening
 */
export function listen(chatId, { onEvent, onConnection }) {
  /** @type {EventSource | undefined} */
  let source;
  /** @type {number | undefined} */
  let timer;
  let lost = false;

  const open = () => {
    const current = new EventSource(`/playground${pathOf(chatId)}/events`);
    source = current;
    for (const name of eventNames) {
      current.addEventListener(name, (event) => {
        const { data } = /** @type {MessageEvent<string>} */ (event);
        onEvent(name, data ? JSON.parse(data) : {});
      });
    }
    current.addEventListener('open', () => {
      onConnection(true, lost);
      lost = false;
    });
    current.addEventListener('error', () => {
      lost = true;
      onConnection(false, false);
      // The browser reconnects by itself after a dropped connection, but not after an answer such as 502.
      if (current.readyState === EventSource.CLOSED) timer = window.setTimeout(open, retryAfter);
    });
  };
  open();

  return () => {
    window.clearTimeout(timer);
    source?.close();
  };
}
