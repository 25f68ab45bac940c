// Uploads under way: one at a time for each chat, so that they arrive in the order they were sent.

import { sendFile } from './api.js';
import { byId, element, icon } from './dom.js';
import { formatPercent, formatSize, translate } from './locale.js';
import { fileIcon } from './media.js';

/** @import { Message, OutgoingFile, Place } from './types.js' */
/**
 * @typedef {{
 *   place: Place,
 *   outgoing: OutgoingFile,
 *   name: string,
 *   state: 'waiting' | 'sending' | 'failed',
 *   fraction: number,
 *   reason: string,
 *   abort: AbortController,
 *   node: HTMLElement,
 * }} Upload
 */

/**
 * @param {{ onSent: (chatId: number, message: Message) => void, onShown: () => void }} hooks
 */
export function createUploads({ onSent, onShown }) {
  const container = byId('pending');
  /** @type {Upload[]} */
  let uploads = [];
  /** @type {number | null} */
  let shownChat = null;

  const drop = (/** @type {Upload} */ upload) => {
    uploads = uploads.filter((one) => one !== upload);
    upload.node.remove();
  };

  const run = async (/** @type {Upload} */ upload) => {
    upload.state = 'sending';
    draw(upload);
    try {
      const message = await sendFile(upload.place, upload.outgoing, {
        signal: upload.abort.signal,
        onProgress: (fraction) => {
          upload.fraction = fraction;
          draw(upload);
        },
      });
      drop(upload);
      onSent(upload.place.id, message);
    } catch (error) {
      if (upload.abort.signal.aborted) drop(upload);
      else {
        upload.state = 'failed';
        upload.reason =
          error instanceof TypeError ? translate('offline') : /** @type {Error} */ (error).message;
        draw(upload);
      }
    }
    next(upload.place.id);
  };

  const next = (/** @type {number} */ chatId) => {
    const mine = uploads.filter((one) => one.place.id === chatId);
    if (mine.some(({ state }) => state === 'sending')) return;
    const waiting = mine.find(({ state }) => state === 'waiting');
    if (waiting) void run(waiting);
  };

  const draw = (/** @type {Upload} */ upload) => {
    const { name, state, fraction, outgoing } = upload;
    const bar = upload.node.querySelector('progress');
    // Only the numbers change during an upload, so that the cancel button keeps its focus.
    if (state === 'sending' && bar) {
      bar.value = fraction;
      bar.setAttribute('aria-label', translate('uploading', { name, percent: formatPercent(fraction) }));
      upload.node.querySelector('.upload-percent')?.replaceChildren(formatPercent(fraction));
      return;
    }
    const words =
      state === 'failed'
        ? translate('uploadFailed', { reason: upload.reason })
        : state === 'waiting'
          ? translate('waiting')
          : formatSize(outgoing.file.size);
    const retry = () => {
      upload.state = 'waiting';
      upload.fraction = 0;
      draw(upload);
      next(upload.place.id);
    };
    const cancel = () => (state === 'sending' ? upload.abort.abort() : drop(upload));
    upload.node.className = `upload ${state}`;
    upload.node.replaceChildren(
      outgoing.kind === 'voice' ? element('span', { class: 'file-icon voice' }, icon('mic')) : fileIcon(name),
      element(
        'div',
        { class: 'upload-text' },
        element('bdi', { class: 'file-name' }, name),
        element(
          'span',
          { class: 'upload-line', role: state === 'failed' ? 'alert' : null },
          element('span', {}, words),
          element('span', { class: 'upload-percent' }, ''),
        ),
        state === 'sending'
          ? element('progress', {
              max: 1,
              value: fraction,
              'aria-label': translate('uploading', { name, percent: formatPercent(fraction) }),
            })
          : null,
      ),
      state === 'failed'
        ? element(
            'button',
            {
              type: 'button',
              class: 'round',
              'aria-label': translate('retryUpload', { name }),
              onclick: retry,
            },
            icon('retry'),
          )
        : '',
      element(
        'button',
        {
          type: 'button',
          class: 'round',
          'aria-label': translate('cancelUpload', { name }),
          onclick: cancel,
        },
        icon('close'),
      ),
    );
  };

  const show = (/** @type {number | null} */ chatId) => {
    shownChat = chatId;
    container.replaceChildren(...uploads.filter((one) => one.place.id === chatId).map(({ node }) => node));
  };

  return {
    /** Puts a file in the queue. */
    add(/** @type {Place} */ place, /** @type {OutgoingFile} */ outgoing) {
      /** @type {Upload} */
      const upload = {
        place,
        outgoing,
        name: outgoing.kind === 'voice' ? translate('voice') : outgoing.file.name,
        state: 'waiting',
        fraction: 0,
        reason: '',
        abort: new AbortController(),
        node: element('div', { class: 'upload' }),
      };
      uploads.push(upload);
      draw(upload);
      if (place.id === shownChat) {
        container.append(upload.node);
        onShown();
      }
      next(place.id);
    },
    /** Shows one chat's files. */
    show,
    /**
     * Removes a fully sent file whose message came by the event stream first, so that it is not shown twice.
     */
    arrived(/** @type {number} */ chatId) {
      const done = uploads.find(
        (one) => one.place.id === chatId && one.state === 'sending' && one.fraction === 1,
      );
      done?.node.remove();
    },
    /** Returns true while an upload of this chat is under way. */
    has: (/** @type {number} */ chatId) => uploads.some((one) => one.place.id === chatId),
  };
}
