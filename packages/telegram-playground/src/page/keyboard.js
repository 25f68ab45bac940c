// The inline buttons under a message.

import { pressButton } from './api.js';
import { element, icon } from './dom.js';
import { translate } from './locale.js';
import { alertDialog, confirmDialog, toast } from './notices.js';

/** @import { CallbackAnswer, InlineButton, Message, Place } from './types.js' */
/** @typedef {{ place: Place, botName: () => string, onInline: (query: string) => void }} KeyboardContext */

/** Buttons that wait for the bot, so that a redrawn keyboard still shows it. @type {Set<string>} */
const waiting = new Set();
/**
 * Messages whose press had no answer within the server's time limit: a later one is still shown. @type
 * {Set<number>}
 */
const unanswered = new Set();

/**
 * Returns the rows of buttons; null when the message has none.
 * @param {Message} message
 * @param {KeyboardContext} context
 * @returns {HTMLElement | null}
 */
export function renderKeyboard(message, context) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length === 0) return null;
  return element(
    'div',
    { class: 'keyboard-rows' },
    ...rows.map((row) =>
      element(
        'div',
        { class: 'keyboard-row' },
        ...row.map((button) => renderButton(button, message.message_id, context)),
      ),
    ),
  );
}

/**
 * @param {InlineButton} button @param {number} messageId
 * @param {KeyboardContext} context
 */
function renderButton(button, messageId, context) {
  const { text, callback_data: data, url, copy_text, style } = button;
  const label = element('bdi', {}, text);
  const classes = `inline-button ${style ?? ''}`.trim();
  if (url !== undefined && /^(https?|tg):/i.test(url))
    return element(
      'a',
      { class: classes, href: url, target: '_blank', rel: 'noopener noreferrer' },
      label,
      icon('open'),
    );
  const inline = button.switch_inline_query_current_chat ?? button.switch_inline_query;
  if (inline !== undefined) {
    const onclick = () => context.onInline(inline);
    return element('button', { type: 'button', class: classes, onclick }, label, icon('open'));
  }
  if (data === undefined) {
    const copy = () =>
      navigator.clipboard.writeText(copy_text?.text ?? text).then(() => toast(translate('copied')));
    return element('button', { type: 'button', class: classes, onclick: copy }, label, icon('copy'));
  }
  const key = `${context.place.id} ${context.place.speaker.id} ${messageId} ${data}`;
  const node = element('button', { type: 'button', class: classes, 'data-callback': data }, label);
  if (waiting.has(key)) node.setAttribute('aria-busy', 'true');
  node.addEventListener('click', async () => {
    if (waiting.has(key)) return;
    waiting.add(key);
    node.setAttribute('aria-busy', 'true');
    try {
      await showAnswer(await pressButton(context.place, messageId, data), messageId, context.botName());
    } catch (error) {
      toast(
        translate('sendFailed', {
          reason:
            error instanceof TypeError ? translate('offline') : String(/** @type {Error} */ (error).message),
        }),
      );
    } finally {
      waiting.delete(key);
      // The keyboard may have been redrawn in the meantime: this clears the button that stands for this one
      // now.
      for (const twin of document.querySelectorAll(`#message-${messageId} [data-callback]`))
        if (twin.getAttribute('data-callback') === data) twin.removeAttribute('aria-busy');
    }
  });
  return node;
}

/** @param {CallbackAnswer} answer @param {number} messageId @param {string} botName */
async function showAnswer(answer, messageId, botName) {
  if (!answer.answered) {
    unanswered.add(messageId);
    toast(translate('noAnswer'));
    return;
  }
  if (answer.url && /^https?:/i.test(answer.url)) {
    const words = { accept: translate('ok'), refuse: translate('cancel') };
    const agreed = await confirmDialog(translate('openLink', { url: answer.url }), botName, words);
    if (agreed) window.open(answer.url, '_blank', 'noopener,noreferrer');
  } else if (answer.text && answer.show_alert) void alertDialog(answer.text, botName);
  else if (answer.text) toast(answer.text);
}

/**
 * Shows an answer that came by the event stream. The press itself usually got it already; only a late one is
 * shown.
 * @param {{ message_id: number, text?: string, show_alert?: boolean }} answer
 * @param {string} botName
 */
export function showLateAnswer({ message_id: messageId, text, show_alert: alert }, botName) {
  if (!unanswered.delete(messageId) || !text) return;
  if (alert) void alertDialog(text, botName);
  else toast(text);
}
