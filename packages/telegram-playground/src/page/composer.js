// The area for writing, attaching and recording.

import { durationOf, prepareAttachments } from './attachments.js';
import { prepareCommands } from './commands.js';
import { byId } from './dom.js';
import { translate } from './locale.js';
import { summaryOf } from './media.js';
import { prepareRecordingBar } from './recording-bar.js';

/** @import { Command, Message, OutgoingFile } from './types.js' */

/**
 * @param {{
 *   botName: () => string,
 *   commands: () => readonly Command[],
 *   isReady: () => boolean,
 *   onText: (text: string, replyTo: number | undefined) => void,
 *   onFile: (outgoing: OutgoingFile) => void,
 *   onLeaveUp: () => void,
 * }} hooks
 */
export function prepareComposer({ botName, commands, isReady, onText, onFile, onLeaveUp }) {
  const composer = byId('composer');
  const text = /** @type {HTMLTextAreaElement} */ (byId('message'));
  /** Touch keyboards have no Shift+Enter. */
  const byTouch = matchMedia('(pointer: coarse)');
  /** @type {Message | null} */
  let original = null;

  const fit = () => {
    // `field-sizing: content` does this in browsers that support it.
    if (!CSS.supports('field-sizing', 'content')) {
      text.style.height = 'auto';
      text.style.height = `${text.scrollHeight}px`;
    }
    composer.classList.toggle('filled', text.value.trim() !== '' || attachments.count() > 0);
  };

  const setReply = (/** @type {Message | null} */ message) => {
    original = message;
    byId('reply-bar').hidden = message === null;
    if (message) {
      const name = message.from?.is_bot ? botName() : translate('you');
      byId('reply-name').textContent = translate('replyingTo', { name });
      byId('reply-text').textContent = summaryOf(message).slice(0, 200);
      text.focus();
    }
  };

  const takeReply = () => {
    const id = original?.message_id;
    setReply(null);
    return id;
  };

  const attachments = prepareAttachments({
    isReady,
    onChange: (count) => {
      text.placeholder = translate(count > 0 ? 'captionPlaceholder' : 'messagePlaceholder');
      fit();
    },
  });
  const list = prepareCommands({ commands, onCommand: (command) => onText(command, takeReply()) });
  const recordingBar = prepareRecordingBar(({ file, durationSeconds }) =>
    onFile({ file, kind: 'voice', durationSeconds, replyTo: takeReply() }),
  );

  const submit = async () => {
    const written = text.value.trim();
    const files = attachments.take();
    if (!isReady() || (!written && files.length === 0)) return;
    text.value = '';
    fit();
    list.close();
    const replyTo = takeReply();
    if (files.length === 0) return onText(written, replyTo);
    // The caption belongs to the first file, as in an album.
    for (const [index, file] of files.entries())
      onFile({
        file,
        kind: 'auto',
        durationSeconds: await durationOf(file),
        caption: index === 0 ? written : undefined,
        replyTo,
      });
  };

  byId('composer-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  text.addEventListener('input', fit);
  text.addEventListener('keydown', (event) => {
    // While an input method is composing, Enter belongs to it.
    if (event.isComposing || list.key(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && !byTouch.matches) {
      event.preventDefault();
      void submit();
    } else if (event.key === 'Escape' && original) setReply(null);
    else if (event.key === 'ArrowUp' && text.value === '') {
      event.preventDefault();
      onLeaveUp();
    }
  });
  byId('reply-cancel').addEventListener('click', () => {
    setReply(null);
    text.focus();
  });
  byId('record').addEventListener('click', () => recordingBar.start());
  for (const button of document.querySelectorAll('[data-action="record"]'))
    button.addEventListener('click', () => recordingBar.start());
  for (const button of document.querySelectorAll('[data-action="attach"]'))
    button.addEventListener('click', () => attachments.pick());

  return {
    setReply,
    focus: () => text.focus(),
    draft: () => text.value,
    /** Shows another person's unsent text. */
    restore(/** @type {string} */ draft) {
      setReply(null);
      attachments.take();
      text.value = draft;
      text.placeholder = translate('messagePlaceholder');
      list.close();
      fit();
    },
  };
}
