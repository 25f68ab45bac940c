// The area for writing, attaching and recording.

import { durationOf, prepareAttachments, sizeOf } from './attachments.js';
import { prepareCommands } from './commands.js';
import { byId } from './dom.js';
import { prepareInline } from './inline.js';
import { translate } from './locale.js';
import { summaryOf } from './media.js';
import { prepareRecordingBar } from './recording-bar.js';
import { prepareSuggestions } from './suggestions.js';

/** @import { Command, InlineAnswer, InlineResult, Message, OutgoingFile } from './types.js' */

/**
 * @param {{
 *   nameOf: (message: Message) => string,
 *   commands: () => readonly Command[],
 *   username: () => string | undefined,
 *   isReady: () => boolean,
 *   onText: (text: string, replyTo: number | undefined) => void,
 *   onEdit: (messageId: number, text: string) => void,
 *   onFile: (outgoing: OutgoingFile) => void,
 *   onLeaveUp: () => void,
 *   askInline: (query: string) => Promise<InlineAnswer>,
 *   onInline: (queryId: string, result: InlineResult) => void,
 *   onStart: (parameter: string) => void,
 * }} hooks
 */
export function prepareComposer(hooks) {
  const { nameOf, commands, isReady, onText, onEdit, onFile, onLeaveUp } = hooks;
  const composer = byId('composer');
  const text = /** @type {HTMLTextAreaElement} */ (byId('message'));
  /** Touch keyboards have no Shift+Enter. */
  const byTouch = matchMedia('(pointer: coarse)');
  /** The message that is replied to, or edited. @type {Message | null} */
  let original = null;
  let editing = false;

  const fit = () => {
    // `field-sizing: content` does this in browsers that support it.
    if (!CSS.supports('field-sizing', 'content')) {
      text.style.height = 'auto';
      text.style.height = `${text.scrollHeight}px`;
    }
    composer.classList.toggle('filled', text.value.trim() !== '' || attachments.count() > 0);
  };

  const write = (/** @type {string} */ words) => {
    text.value = words;
    text.dispatchEvent(new Event('input'));
  };

  /** @param {Message | null} message @param {boolean} [asEdit] */
  const setReply = (message, asEdit = false) => {
    // The text of an edit that is given up does not become a new message.
    if (editing) write('');
    original = message;
    editing = asEdit;
    byId('reply-bar').hidden = message === null;
    byId('reply-bar').classList.toggle('editing', asEdit);
    if (!message) return;
    byId('reply-name').textContent = asEdit
      ? translate('editing')
      : translate('replyingTo', { name: nameOf(message) });
    byId('reply-text').textContent = summaryOf(message).slice(0, 200);
    if (asEdit) write(message.text ?? message.caption ?? '');
    text.focus();
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
  const list = prepareSuggestions();
  prepareCommands({ list, commands, onCommand: (command) => onText(command, takeReply()) });
  prepareInline({
    list,
    username: hooks.username,
    ask: hooks.askInline,
    onChosen: hooks.onInline,
    onStart: hooks.onStart,
  });
  const recordingBar = prepareRecordingBar(({ file, durationSeconds }) =>
    onFile({ file, kind: 'voice', durationSeconds, replyTo: takeReply() }),
  );

  const submit = async () => {
    const written = text.value.trim();
    if (editing && original) {
      const { message_id: id } = original;
      setReply(null);
      return onEdit(id, written);
    }
    const files = attachments.take();
    if (!isReady() || (!written && files.length === 0)) return;
    text.value = '';
    fit();
    list.close();
    const replyTo = takeReply();
    if (files.length === 0) return onText(written, replyTo);
    // The caption belongs to the first file, as in an album.
    for (const [index, { file, asPhoto }] of files.entries())
      onFile({
        file,
        kind: asPhoto ? 'photo' : 'auto',
        ...(asPhoto ? await sizeOf(file) : { durationSeconds: await durationOf(file) }),
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
    button.addEventListener('click', () => attachments.pick(false));

  return {
    setReply,
    /** Puts a message's text into the text box, to change it. */
    edit: (/** @type {Message} */ message) => setReply(message, true),
    /** Attaches files, or photos. */
    pick: attachments.pick,
    /** Writes into the text box, as a person types. */
    write(/** @type {string} */ words) {
      setReply(null);
      write(words);
      text.focus();
    },
    focus: () => text.focus(),
    draft: () => (editing ? '' : text.value),
    /** Shows another chat's unsent text. */
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
