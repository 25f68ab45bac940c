// One message on the screen. A part is drawn again only when its content has changed, so that a status
// message edited every second keeps its buttons' focus, and a voice note keeps playing.

import { element, icon } from './dom.js';
import { renderText } from './entities.js';
import { renderKeyboard } from './keyboard.js';
import { formatTime, translate } from './locale.js';
import { fileOf, renderMedia, summaryOf } from './media.js';

/** @import { Message, Reaction } from './types.js' */
/**
 * The context that a message needs from its conversation.
 * @typedef {{
 * personId: number,
 * botName: () => string,
 * onCommand: (command: string) => void,
 * onJump: (messageId: number) => void,
 * onMenu: (message: Message, point: { x: number, y: number }) => void,
 * }} MessageContext
 */
/** @typedef {{ root: HTMLElement, message: Message, outgoing: boolean, update: (message: Message) => void }} MessageView */

const touchOnly = matchMedia('(hover: none)');

/**
 * @param {Message} first
 * @param {MessageContext} context
 * @returns {MessageView}
 */
export function createMessage(first, context) {
  const outgoing = first.from?.is_bot !== true;
  const parts = ['quote', 'media', 'text', 'meta', 'keyboard', 'reactions'];
  const slots = /** @type {Record<string, HTMLElement>} */ (
    Object.fromEntries(parts.map((name) => [name, element('div', { class: name })]))
  );
  const slot = (/** @type {string} */ name) => /** @type {HTMLElement} */ (slots[name]);
  const more = element(
    'button',
    { type: 'button', class: 'more', 'aria-label': translate('messageActions'), 'aria-haspopup': 'menu' },
    icon('more'),
  );
  const bubble = element(
    'div',
    { class: 'bubble' },
    slot('quote'),
    slot('media'),
    element('div', { class: 'line' }, slot('text'), slot('meta')),
  );
  const root = element(
    'article',
    {
      class: `message ${outgoing ? 'outgoing' : 'incoming'}`,
      id: `message-${first.message_id}`,
      tabindex: -1,
    },
    element('div', { class: 'row' }, bubble, more),
    slot('keyboard'),
    slot('reactions'),
  );

  /** @type {Record<string, string>} */
  const shown = {};
  /** @param {string} name @param {unknown} source @param {() => Node | null} build */
  const part = (name, source, build) => {
    const signature = JSON.stringify(source) ?? '';
    if (shown[name] === signature) return;
    const focused = slot(name).contains(document.activeElement) ? focusMark() : null;
    shown[name] = signature;
    const node = build();
    slot(name).replaceChildren(...(node ? [node] : []));
    slot(name).hidden = node === null;
    if (focused) restoreFocus(slot(name), focused, root);
  };

  /** @type {MessageView} */
  const view = { root, message: first, outgoing, update };

  /** @param {Message} message */
  function update(message) {
    view.message = message;
    const text = message.text ?? message.caption ?? '';
    const entities = message.entities ?? message.caption_entities ?? [];
    const sender = outgoing ? translate('you') : context.botName();
    root.setAttribute(
      'aria-label',
      `${sender}${document.dir === 'rtl' ? '،' : ','} ${formatTime(message.date)}`,
    );
    part('quote', quoteSource(message), () => renderQuote(message, context));
    part('media', fileOf(message), () => renderMedia(message));
    part('text', text && [text, entities], () =>
      text
        ? element('div', { class: 'words', dir: 'auto' }, renderText(text, entities, context.onCommand))
        : null,
    );
    part('meta', [message.date, isMarkedEdited(message)], () => renderMeta(message, outgoing));
    part('keyboard', message.reply_markup, () => renderKeyboard(message, context));
    part('reactions', message.reactions, () => renderReactions(message.reactions ?? []));
    root.classList.toggle('has-words', text !== '');
    root.classList.toggle('with-keyboard', slot('keyboard').hidden === false);
    for (const kind of ['voice', 'audio', 'video', 'video_note', 'document'])
      root.classList.toggle(`has-${kind.replace('_', '-')}`, kind in message);
    // Edits are not read aloud: a status message changes every few seconds.
    if (message.edit_date !== undefined) root.setAttribute('aria-live', 'off');
  }

  more.addEventListener('click', () => {
    const { left, right, bottom } = more.getBoundingClientRect();
    context.onMenu(view.message, { x: document.dir === 'rtl' ? right : left, y: bottom });
  });
  bubble.addEventListener('click', (event) => {
    const onControl =
      event.target instanceof Element && event.target.closest('a, button, input, video, .spoiler');
    if (onControl || !touchOnly.matches || !getSelection()?.isCollapsed) return;
    context.onMenu(view.message, { x: event.clientX, y: event.clientY });
  });
  root.addEventListener('contextmenu', (event) => {
    // Selected text and links keep the browser's own menu.
    const onLink = event.target instanceof Element && event.target.closest('a, video');
    if (onLink || !getSelection()?.isCollapsed) return;
    event.preventDefault();
    const { left, bottom } = bubble.getBoundingClientRect();
    const byKeyboard = event.clientX === 0 && event.clientY === 0;
    context.onMenu(
      view.message,
      byKeyboard ? { x: left, y: bottom } : { x: event.clientX, y: event.clientY },
    );
  });
  update(first);
  return view;
}

/**
 * Returns whether to show the "edited" mark. It is for changed texts; a bot's status message with buttons
 * changes often and gets none.
 * @param {Message} message
 */
function isMarkedEdited({ edit_date, text, caption, reply_markup, from }) {
  const hasWords = text !== undefined || caption !== undefined;
  return edit_date !== undefined && hasWords && reply_markup === undefined && from?.is_bot !== true;
}

/** @param {Message} message */
const quoteSource = ({ reply_to_message: original }) =>
  original && [original.message_id, summaryOf(original), original.from?.is_bot];

/** @param {Message} message @param {MessageContext} context */
function renderQuote({ reply_to_message: original }, context) {
  if (!original) return null;
  const author = original.from?.is_bot ? context.botName() : translate('you');
  return element(
    'button',
    {
      type: 'button',
      class: 'quote-button',
      title: translate('showOriginal'),
      onclick: () => context.onJump(original.message_id),
    },
    element('bdi', { class: 'quote-author' }, author),
    element('bdi', { class: 'quote-text' }, summaryOf(original).slice(0, 200)),
  );
}

/** @param {Message} message @param {boolean} outgoing */
function renderMeta(message, outgoing) {
  const edited = isMarkedEdited(message) ? element('span', { class: 'edited' }, translate('edited')) : null;
  const time = element(
    'time',
    { datetime: new Date(message.date * 1000).toISOString() },
    formatTime(message.date),
  );
  const tick = outgoing
    ? element('span', { class: 'tick', role: 'img', 'aria-label': translate('sent') }, icon('check'))
    : null;
  return element('span', { class: 'stamp' }, edited, time, tick);
}

/** @param {readonly Reaction[]} reactions */
function renderReactions(reactions) {
  const emojis = reactions.map((one) => (typeof one === 'string' ? one : one.emoji)).filter((one) => one);
  if (emojis.length === 0) return null;
  return element(
    'div',
    { class: 'reaction-list' },
    ...emojis.map((emoji) => element('span', { class: 'reaction' }, emoji)),
  );
}

/** Returns which control of a part has the focus, in a form that survives a redraw. */
function focusMark() {
  const active = document.activeElement;
  return { data: active?.getAttribute('data-callback') ?? null, text: active?.textContent ?? '' };
}

/** @param {HTMLElement} slot @param {{ data: string | null, text: string }} mark @param {HTMLElement} root */
function restoreFocus(slot, mark, root) {
  const controls = /** @type {HTMLElement[]} */ ([...slot.querySelectorAll('button, a')]);
  const same =
    controls.find((one) => mark.data !== null && one.getAttribute('data-callback') === mark.data) ??
    controls.find((one) => one.textContent === mark.text);
  (same ?? root).focus({ preventScroll: true });
}
