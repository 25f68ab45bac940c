// The log of messages: keeps them in order, groups them by sender and album, separates days, and keeps the
// reading position while messages arrive and change.

import { byId, element } from './dom.js';
import { renderText } from './entities.js';
import { dayOf, formatDay, formatNumber, translate } from './locale.js';
import { controls, createMessage } from './message.js';
import { isOwn } from './names.js';
import { toast } from './notices.js';
import { playFrom } from './player.js';

/** @import { Entity, Message, Reaction } from './types.js' */
/** @import { MessageContext, MessageView } from './message.js' */

/** Pixels from the end within which the log follows new messages. */
const nearEnd = 90;
/** Time that a draft of the bot is shown, in ms (sendMessageDraft: "a temporary 30-second preview"). */
const draftLasts = 30_000;
/** Time after scrolling that a day above other messages stays visible, in ms. */
const dayLasts = 1500;
/** Seconds within which messages of one sender stand close together. */
const closeTogether = 300;

/**
 * @param {MessageContext & { loadOlder: (before: number) => Promise<{ messages: Message[], more: boolean }> }} context
 */
export function createConversation(context) {
  const scroller = byId('scroller');
  const log = byId('log');
  const jump = byId('jump');
  /** In the order of their ids. @type {MessageView[]} */
  let views = [];
  let more = false;
  let loading = false;
  let unseen = 0;
  let following = true;
  /** @type {number | undefined} */
  let draftTimer;
  /** @type {number | undefined} */
  let dayTimer;

  const distanceToEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
  const toEnd = () => {
    scroller.scrollTop = scroller.scrollHeight;
    following = true;
  };
  const showJump = () => {
    jump.hidden = following;
    if (following) unseen = 0;
    byId('jump-count').textContent = unseen > 0 ? formatNumber(unseen) : '';
  };

  /**
   * Runs a change: a log that is at its end stays there, and otherwise the visible messages stay in place.
   * @param {() => void} change
   */
  const keepPlace = (change) => {
    if (following) {
      change();
      toEnd();
      return;
    }
    const top = scroller.getBoundingClientRect().top;
    const anchor = views.find(({ root }) => root.getBoundingClientRect().bottom > top)?.root;
    const before = anchor?.getBoundingClientRect().top ?? 0;
    change();
    if (anchor?.isConnected) scroller.scrollTop += anchor.getBoundingClientRect().top - before;
  };

  /** @param {Message} message @returns {boolean} true when it was not there before */
  const put = (message) => {
    let index = views.length;
    while (
      index > 0 &&
      /** @type {MessageView} */ (views[index - 1]).message.message_id >= message.message_id
    )
      index -= 1;
    const existing = views[index];
    if (existing?.message.message_id === message.message_id) {
      existing.update({ ...message, reactions: message.reactions ?? existing.message.reactions ?? [] });
      return false;
    }
    const view = createMessage(message, context);
    log.insertBefore(view.root, existing?.root ?? null);
    views.splice(index, 0, view);
    return true;
  };

  /** Days, groups and albums depend on the neighbours. */
  const arrange = () => {
    for (const separator of log.querySelectorAll('.day')) separator.remove();
    for (const [index, { root, message }] of views.entries()) {
      const earlier = views[index - 1];
      const later = views[index + 1];
      const newDay = !earlier || dayOf(earlier.message.date) !== dayOf(message.date);
      if (newDay)
        root.before(
          element('div', { class: 'day', role: 'separator' }, element('span', {}, formatDay(message.date))),
        );
      const joins = (/** @type {MessageView | undefined} */ other) =>
        other !== undefined &&
        other.message.from?.id === message.from?.id &&
        isService(other) === isService(views[index]) &&
        dayOf(other.message.date) === dayOf(message.date) &&
        Math.abs(other.message.date - message.date) <= closeTogether;
      const sameAlbum = (/** @type {MessageView | undefined} */ other) =>
        message.media_group_id !== undefined && other?.message.media_group_id === message.media_group_id;
      root.classList.toggle('starts', !joins(earlier));
      root.classList.toggle('ends', !joins(later));
      root.classList.toggle('album', sameAlbum(earlier) || sameAlbum(later));
      root.classList.toggle('album-first', sameAlbum(later) && !sameAlbum(earlier));
      root.classList.toggle('album-middle', sameAlbum(later) && sameAlbum(earlier));
      root.classList.toggle('album-last', !sameAlbum(later) && sameAlbum(earlier));
      if (root.tabIndex === 0) root.tabIndex = -1;
    }
    const last = views.at(-1);
    if (last) last.root.tabIndex = 0;
    byId('empty').hidden = views.length > 0 || loading;
  };

  /** @param {MessageView | undefined} view */
  const isService = (view) => view?.root.classList.contains('service');

  const find = (/** @type {number} */ id) => views.find(({ message }) => message.message_id === id);

  const loadOlder = async () => {
    const oldest = views[0];
    if (!more || loading || !oldest) return;
    loading = true;
    log.setAttribute('aria-live', 'off');
    try {
      const page = await context.loadOlder(oldest.message.message_id);
      more = page.more;
      const follow = following;
      following = false;
      keepPlace(() => {
        for (const message of page.messages) put(message);
        arrange();
      });
      following = follow;
    } finally {
      loading = false;
      log.setAttribute('aria-live', 'polite');
    }
  };

  const hideDraft = () => {
    window.clearTimeout(draftTimer);
    byId('draft').replaceChildren();
    byId('draft').hidden = true;
  };

  /** While the log is scrolled, the day stays above the messages; afterwards it would cover words. */
  const showDays = () => {
    for (const day of log.querySelectorAll('.day')) {
      const below = day.nextElementSibling?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY;
      day.classList.toggle('over', below < day.getBoundingClientRect().bottom - 1);
    }
    scroller.classList.add('scrolling');
    window.clearTimeout(dayTimer);
    dayTimer = window.setTimeout(() => scroller.classList.remove('scrolling'), dayLasts);
  };

  scroller.onscroll = () => {
    showDays();
    following = distanceToEnd() < nearEnd;
    showJump();
    if (scroller.scrollTop < 300) loadOlder().catch(() => undefined);
  };
  jump.onclick = () => {
    toEnd();
    showJump();
  };
  // Growing text boxes, opening keyboards of phones, unfolding quotes: the end stays in sight.
  const resized = new ResizeObserver(() => following && toEnd());
  resized.observe(scroller);
  resized.observe(log);

  // A message is one stop of the Tab key: up and down move between messages, left and right between the
  // controls of one, Escape returns from a control to its message.
  log.onkeydown = (event) => {
    const { activeElement: active } = document;
    const here = views.findIndex(({ root }) => root.contains(active));
    const root = views[here]?.root;
    if (!root || event.defaultPrevented) return;
    if (active !== root && event.key === 'Escape') {
      event.preventDefault();
      root.focus();
      return;
    }
    // Their own arrow keys seek.
    if (active?.matches('input, video')) return;
    const forwards = document.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const inside = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(controls)]);
      const ring = [root, ...inside.filter((one) => one.checkVisibility())];
      const at = ring.indexOf(/** @type {HTMLElement} */ (active));
      const next = at + (event.key === forwards ? 1 : -1) + ring.length;
      event.preventDefault();
      ring[next % ring.length]?.focus();
      return;
    }
    const moves = /** @type {Record<string, number>} */ ({
      ArrowUp: here - 1,
      ArrowDown: here + 1,
      Home: 0,
      End: views.length - 1,
    });
    const target = views[moves[event.key] ?? -1];
    if (!target) return;
    event.preventDefault();
    for (const { root } of views) root.tabIndex = -1;
    target.root.tabIndex = 0;
    target.root.focus();
  };

  return {
    /** Shows the newest page of history; messages that the server no longer has are removed. */
    show(/** @type {Message[]} */ messages, /** @type {boolean} */ hasMore) {
      const first = messages[0]?.message_id ?? 0;
      const ids = new Set(messages.map(({ message_id }) => message_id));
      log.setAttribute('aria-live', 'off');
      keepPlace(() => {
        views = views.filter(({ root, message }) => {
          const stays = ids.has(message.message_id) || (hasMore && message.message_id < first);
          if (!stays) root.remove();
          return stays;
        });
        if (!views[0] || views[0].message.message_id >= first) more = hasMore;
        for (const message of messages) put(message);
        arrange();
      });
      // After the log was painted, since history is not announced.
      requestAnimationFrame(() => log.setAttribute('aria-live', 'polite'));
    },
    /** Adds a message or changes the one with its id. */
    put(/** @type {Message} */ message) {
      if (isOwn(message, context) && !find(message.message_id)) following = true;
      keepPlace(() => {
        if (!put(message)) return;
        find(message.message_id)?.root.classList.add('arriving');
        if (!following) unseen += 1;
        arrange();
      });
      showJump();
    },
    remove(/** @type {number} */ id) {
      const view = find(id);
      if (!view) return;
      keepPlace(() => {
        if (view.root.contains(document.activeElement)) byId('message').focus();
        views = views.filter((one) => one !== view);
        view.root.remove();
        arrange();
      });
    },
    react(/** @type {number} */ id, /** @type {Reaction[]} */ reactions) {
      const view = find(id);
      if (view) keepPlace(() => view.update({ ...view.message, reactions }));
    },
    /** Scrolls to a message and highlights it, loading older ones to find it. */
    async jumpTo(/** @type {number} */ id) {
      while (!find(id) && more && (views[0]?.message.message_id ?? 0) > id) await loadOlder();
      const view = find(id);
      if (!view) return toast(translate('originalGone'));
      view.root.scrollIntoView({ block: 'center' });
      view.root.classList.remove('lit');
      void view.root.offsetWidth;
      view.root.classList.add('lit');
      view.root.focus({ preventScroll: true });
    },
    /** Shows what the bot is writing, until its next message. @param {string} text @param {Entity[]} entities */
    showDraft(text, entities) {
      window.clearTimeout(draftTimer);
      draftTimer = window.setTimeout(hideDraft, draftLasts);
      const words = text ? renderText(text, entities, () => undefined) : translate('thinking');
      const bubble = element(
        'div',
        { class: 'bubble' },
        element('div', { class: 'words', dir: 'auto' }, words),
      );
      byId('draft').replaceChildren(element('div', { class: 'message incoming draft' }, bubble));
      byId('draft').hidden = false;
      if (following) toEnd();
    },
    hideDraft,
    /** Moves the focus to the newest message. */
    focusLast() {
      views.at(-1)?.root.focus();
    },
    /** Returns the newest message, for the list of people. */
    last: () => views.at(-1)?.message,
    /** Plays the sound of a message from a position, in seconds; loads older messages to find it. */
    async play(/** @type {number} */ id, /** @type {number} */ seconds) {
      if (!find(id)) await this.jumpTo(id);
      const view = find(id);
      if (view) playFrom(view.root, seconds);
    },
    toEnd,
    close() {
      hideDraft();
      window.clearTimeout(dayTimer);
      resized.disconnect();
      for (const { root } of views) root.remove();
      for (const separator of log.querySelectorAll('.day')) separator.remove();
      views = [];
      unseen = 0;
      following = true;
      showJump();
    },
  };
}
