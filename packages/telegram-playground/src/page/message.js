// One message on the screen. A part is drawn again only when its content has changed, so that a status
// message edited every second keeps its buttons' focus, and a voice note keeps playing.

import { cardOf, renderCard } from './cards.js';
import { element, icon } from './dom.js';
import { renderText } from './entities.js';
import { renderKeyboard } from './keyboard.js';
import { formatTime, translate } from './locale.js';
import { durationIn, fileOf, renderMedia, summaryOf } from './media.js';
import { isOwn, isolated, originName, senderName, serviceText } from './names.js';

/** @import { Message, Place, Reaction } from './types.js' */
/** @import { Reader } from './names.js' */
/**
 * The context that a message needs from its conversation.
 * @typedef {Reader & {
 * place: Place,
 * onCommand: (command: string) => void,
 * onInline: (query: string) => void,
 * onJump: (messageId: number) => void,
 * onTime: (messageId: number, seconds: number) => void,
 * onMenu: (message: Message, point: { x: number, y: number }) => void,
 * }} MessageContext
 */
/** @typedef {{ root: HTMLElement, message: Message, outgoing: boolean, update: (message: Message) => void }} MessageView */

const touchOnly = matchMedia('(hover: none)');

/** Matches what can be operated inside a message; the message itself is the only stop of the Tab key. */
export const controls = 'button, a[href], input, video, pre, [role="button"]';

/**
 * @param {Message} first
 * @param {MessageContext} context
 * @returns {MessageView}
 */
export function createMessage(first, context) {
  const outgoing = isOwn(first, context);
  const service = serviceText(first, context, summaryOf);
  const parts = ['sender', 'forward', 'quote', 'media', 'card', 'text', 'meta', 'keyboard', 'reactions'];
  const slots = /** @type {Record<string, HTMLElement>} */ (
    Object.fromEntries(parts.map((name) => [name, element('div', { class: name })]))
  );
  const slot = (/** @type {string} */ name) => /** @type {HTMLElement} */ (slots[name]);
  const more = element(
    'button',
    {
      type: 'button',
      class: 'more',
      tabindex: -1,
      'aria-label': translate('messageActions'),
      'aria-haspopup': 'menu',
    },
    icon('more'),
  );
  const bubble = element(
    'div',
    { class: 'bubble' },
    slot('sender'),
    slot('forward'),
    slot('quote'),
    slot('media'),
    slot('card'),
    element('div', { class: 'line' }, slot('text'), slot('meta')),
  );
  const root = element(
    'article',
    {
      class: service ? 'message service' : `message ${outgoing ? 'outgoing' : 'incoming'}`,
      id: `message-${first.message_id}`,
      tabindex: -1,
    },
    ...(service
      ? [element('span', { class: 'service-text' }, service)]
      : [element('div', { class: 'row' }, bubble, more), slot('keyboard'), slot('reactions')]),
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
    const inside = /** @type {HTMLElement[]} */ ([...slot(name).querySelectorAll(controls)]);
    for (const control of inside) control.tabIndex = -1;
    if (focused) restoreFocus(slot(name), focused, root);
  };

  /** @type {MessageView} */
  const view = { root, message: first, outgoing, update };

  /** @param {Message} message */
  function update(message) {
    view.message = message;
    if (service) return;
    const text = message.text ?? message.caption ?? '';
    const entities = message.entities ?? message.caption_entities ?? [];
    const sender = senderName(message, context);
    root.setAttribute(
      'aria-label',
      `${sender}${document.dir === 'rtl' ? '،' : ','} ${formatTime(message.date)}`,
    );
    part('sender', [sender, viaOf(message)], () => renderSender(message, context, outgoing));
    part('forward', message.forward_origin, () => renderForward(message, context));
    part('quote', quoteSource(message), () => renderQuote(message, context));
    part('media', fileOf(message), () => renderMedia(message));
    part('card', cardOf(message), () => renderCard(message));
    part('text', text && [text, entities, timesOf(message)], () =>
      text
        ? element(
            'div',
            { class: 'words', dir: 'auto' },
            renderText(text, entities, context.onCommand, clickableTimes(message, context)),
          )
        : null,
    );
    part('meta', [message.date, isMarkedEdited(message), message.silent], () =>
      renderMeta(message, outgoing),
    );
    part('keyboard', message.reply_markup, () => renderKeyboard(message, context));
    part('reactions', message.reactions, () => renderReactions(message.reactions ?? []));
    root.classList.toggle('has-words', text !== '');
    root.classList.toggle('with-keyboard', slot('keyboard').hidden === false);
    for (const kind of ['voice', 'audio', 'video', 'video_note', 'document', 'photo', 'sticker'])
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
    const { left, bottom } = (service ? root : bubble).getBoundingClientRect();
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

/**
 * Returns the sound to which times in the text belong: the message's own, or that of the message it replies to.
 * @param {Message} message
 */
function timesOf(message) {
  for (const one of [message, message.reply_to_message]) {
    const seconds = one && durationIn(one);
    if (one && seconds !== undefined) return { messageId: one.message_id, seconds };
  }
  return undefined;
}

/** @param {Message} message @param {MessageContext} context */
function clickableTimes(message, context) {
  const sound = timesOf(message);
  return (
    sound && {
      longest: sound.seconds,
      onTime: (/** @type {number} */ seconds) => context.onTime(sound.messageId, seconds),
    }
  );
}

/**
 * Returns the bot by which a message was written: as an inline result, or in the name of an account. @param {Message}
 * message
 */
const viaOf = ({ via_bot: bot, sender_business_bot: businessBot }) => (bot ?? businessBot)?.username;

/** In a group every message of others has a name; one that was written by a bot names the bot everywhere. */
function renderSender(
  /** @type {Message} */ message,
  /** @type {MessageContext} */ context,
  /** @type {boolean} */ outgoing,
) {
  const via = viaOf(message);
  const name = context.place.group && !outgoing ? senderName(message, context) : '';
  if (!via && !name) return null;
  const id = message.sender_chat?.id ?? message.from?.id ?? 0;
  return element(
    'span',
    { class: `sender-line sender-${Math.abs(id) % 7}` },
    name ? element('bdi', { class: 'sender-name' }, name) : null,
    via ? element('bdi', { class: 'via', dir: 'auto' }, translate('via', { name: `@${via}` })) : null,
  );
}

/** @param {Message} message @param {MessageContext} context */
function renderForward({ forward_origin: origin }, context) {
  const name = originName(origin, context);
  if (!name) return null;
  return element(
    'span',
    { class: 'forward-line' },
    icon('forward'),
    element('span', {}, translate('forwardedFrom', { name: isolated(name) })),
  );
}

/** @param {Message} message */
const quoteSource = ({ reply_to_message: original, quote, external_reply: external }) =>
  (original ?? external) && [
    original?.message_id,
    original && summaryOf(original),
    original?.from?.id,
    quote,
  ];

/** @param {Message} message @param {MessageContext} context */
function renderQuote(
  { reply_to_message: original, quote, external_reply: external, message_thread_id },
  context,
) {
  // In a topic every message replies to the one that opened it; that is no quote.
  if (original && original.message_id === message_thread_id) return null;
  const words = quote?.text ?? (original ? summaryOf(original).slice(0, 200) : '');
  const author = original ? senderName(original, context) : originName(external?.origin, context);
  if (!original && !external) return null;
  return element(
    'button',
    {
      type: 'button',
      class: quote ? 'quote-button cited' : 'quote-button',
      title: translate('showOriginal'),
      onclick: () => original && context.onJump(original.message_id),
    },
    element('bdi', { class: 'quote-author' }, author),
    element('bdi', { class: 'quote-text' }, words),
  );
}

/** @param {Message} message @param {boolean} outgoing */
function renderMeta(message, outgoing) {
  const edited = isMarkedEdited(message) ? element('span', { class: 'edited' }, translate('edited')) : null;
  const silent = message.silent
    ? element(
        'span',
        { class: 'silent', role: 'img', 'aria-label': translate('silent'), title: translate('silent') },
        icon('silent'),
      )
    : null;
  const time = element(
    'time',
    { datetime: new Date(message.date * 1000).toISOString() },
    formatTime(message.date),
  );
  const tick = outgoing
    ? element('span', { class: 'tick', role: 'img', 'aria-label': translate('sent') }, icon('check'))
    : null;
  return element('span', { class: 'stamp' }, silent, edited, time, tick);
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
  const buttons = /** @type {HTMLElement[]} */ ([...slot.querySelectorAll('button, a')]);
  const same =
    buttons.find((one) => mark.data !== null && one.getAttribute('data-callback') === mark.data) ??
    buttons.find((one) => one.textContent === mark.text);
  (same ?? root).focus({ preventScroll: true });
}
