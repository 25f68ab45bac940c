// Connects the parts of the page: the chosen person, their conversation, the live events.

import { deleteMessage, getBot, getMessages, getPeople, sendText } from './api.js';
import { prepareComposer } from './composer.js';
import { createConversation } from './conversation.js';
import { byId, icon } from './dom.js';
import { listen } from './events.js';
import { showLateAnswer } from './keyboard.js';
import { currentLanguage, formatNumber, isStringKey, setLanguage, translate } from './locale.js';
import { fileOf, summaryOf } from './media.js';
import { openMenu } from './menu.js';
import { toast } from './notices.js';
import { fullName, preparePeople, renderPeople } from './people.js';
import { currentTheme, nextTheme } from './theme.js';
import { createUploads } from './uploads.js';

/** @import { Bot, Message, Person } from './types.js' */
/** @typedef {ReturnType<typeof createConversation>} Conversation */

/** A chat action lasts 5 s unless it is repeated, as in the Bot API; in ms. */
const actionLasts = 5000;

/** @type {Bot} */
let bot = { id: 0, first_name: 'دبیر', commands: [] };
/** @type {Person[]} */
let people = [];
/** @type {Person | null} */
let person = null;
/** @type {Conversation | null} */
let conversation = null;
let stopListening = () => {};
/** @type {number | undefined} */
let actionTimer;
let connected = true;
/** @type {Map<number, string>} */
const drafts = new Map();

const botName = () => bot.first_name;
const report = (/** @type {unknown} */ error) =>
  toast(
    translate('sendFailed', {
      reason:
        error instanceof TypeError ? translate('offline') : String(/** @type {Error} */ (error).message),
    }),
  );

const uploads = createUploads({
  onSent: (personId, message) => {
    if (personId === person?.id) receive(message);
  },
  onShown: () => {
    byId('empty').hidden = true;
    conversation?.toEnd();
  },
});

const composer = prepareComposer({
  botName,
  commands: () => bot.commands,
  isReady: () => person !== null,
  onText: (text, replyTo) => {
    if (person) write(person.id, text, replyTo);
  },
  onFile: (outgoing) => {
    if (person) uploads.add(person.id, outgoing);
  },
  onLeaveUp: () => conversation?.focusLast(),
});

/** @param {number} personId @param {string} text @param {number} [replyTo] */
async function write(personId, text, replyTo) {
  try {
    const message = await sendText(personId, text, replyTo);
    if (personId === person?.id) receive(message);
  } catch (error) {
    report(error);
    // The text returns to the text box, so that it is not lost.
    if (personId === person?.id && composer.draft() === '') composer.restore(text);
    else drafts.set(personId, text);
  }
}

/** Adds a message that came by an event or as the reply to a request. @param {Message} message */
function receive(message) {
  conversation?.put(message);
  if (message.from?.is_bot) showAction(null);
  showLast();
}

function showLast() {
  const last = conversation?.last();
  if (!person || !last) return;
  person.last_message = { text: summaryOf(last), date: last.date };
  drawPeople();
}

function drawPeople() {
  renderPeople(people, person?.id ?? null);
  const unread = people.reduce((sum, one) => sum + (one.id === person?.id ? 0 : one.unread), 0);
  document.title = `${unread > 0 ? `(${formatNumber(unread)}) ` : ''}${botName()}`;
}

/** @param {string | null} action a chat action of the Bot API, null for none */
function showAction(action) {
  window.clearTimeout(actionTimer);
  const known = action !== null && isStringKey(action);
  const subtitle = byId('subtitle');
  subtitle.classList.toggle('acting', known);
  subtitle.textContent = known
    ? translate(action)
    : `${translate('bot')} · ${translate('speakingAs', { name: person ? fullName(person) : '' })}`;
  if (known) actionTimer = window.setTimeout(() => showAction(null), actionLasts);
}

/** @param {Message} message @param {{ x: number, y: number }} point */
function showMenu(message, point) {
  const text = message.text ?? message.caption;
  const card = /** @type {HTMLAnchorElement | null} */ (
    document.querySelector(`#message-${message.message_id} .file-card`)
  );
  const owner = person;
  openMenu(
    [
      { label: translate('reply'), icon: 'reply', run: () => composer.setReply(message) },
      ...(text
        ? [
            {
              label: translate('copyText'),
              icon: 'copy',
              run: () => {
                navigator.clipboard.writeText(text).then(() => toast(translate('copied')), report);
              },
            },
          ]
        : []),
      ...(card ? [{ label: translate('download'), icon: 'download', run: () => card.click() }] : []),
      {
        label: translate('delete'),
        icon: 'trash',
        danger: true,
        run: () => {
          if (!owner) return;
          deleteMessage(owner.id, message.message_id)
            .then(() => owner === person && conversation?.remove(message.message_id))
            .catch(report);
        },
      },
    ],
    point,
    translate('messageActions'),
  );
}

/** Opens a person's conversation. @param {Person} chosen */
async function open(chosen) {
  if (person) drafts.set(person.id, composer.draft());
  stopListening();
  conversation?.close();
  person = chosen;
  chosen.unread = 0;
  setLanguage(chosen.language_code);
  labelTheme();
  document.body.classList.add('in-chat');
  byId('empty').hidden = true;
  byId('nobody').hidden = true;
  byId('composer').hidden = false;
  composer.restore(drafts.get(chosen.id) ?? '');
  uploads.show(chosen.id);
  drawPeople();
  showAction(null);

  const isCurrent = () => person === chosen;
  const current = createConversation({
    personId: chosen.id,
    botName,
    onCommand: (command) => write(chosen.id, command),
    onJump: (id) => current.jumpTo(id),
    onMenu: showMenu,
    loadOlder: (before) => getMessages(chosen.id, before),
  });
  conversation = current;

  /**
   * Messages from events that came while history was loading: theirs is the newer state. @type {Map<number,
   * Message | null>}
   */
  const fresh = new Map();
  const load = async () => {
    fresh.clear();
    const page = await getMessages(chosen.id);
    if (!isCurrent()) return;
    const messages = new Map(page.messages.map((message) => [message.message_id, message]));
    for (const [id, message] of fresh) {
      if (message) messages.set(id, message);
      else messages.delete(id);
    }
    current.show(
      [...messages.values()].toSorted((one, other) => one.message_id - other.message_id),
      page.more,
    );
    if (uploads.has(chosen.id)) byId('empty').hidden = true;
    showLast();
  };

  /** @type {Record<string, (data: any) => void>} */
  const handlers = {
    message: (message) => {
      fresh.set(message.message_id, message);
      if (!message.from?.is_bot && fileOf(message)) uploads.arrived(chosen.id);
      receive(message);
    },
    edit: (message) => {
      fresh.set(message.message_id, message);
      current.put(message);
      showLast();
    },
    delete: ({ message_id }) => {
      fresh.set(message_id, null);
      current.remove(message_id);
      showLast();
    },
    action: ({ action }) => showAction(action),
    reaction: ({ message_id, reactions }) => current.react(message_id, reactions),
    callback_answer: (answer) => showLateAnswer(answer, botName()),
    commands: () => loadBot().catch(() => undefined),
    unread: ({ id, unread, last_message }) => {
      const other = people.find((one) => one.id === id);
      if (!other) return void loadPeople().catch(() => undefined);
      other.unread = id === chosen.id ? 0 : unread;
      other.last_message = last_message ?? other.last_message;
      drawPeople();
    },
    reset: () => load().catch(report),
  };

  stopListening = listen(chosen.id, {
    onEvent: (name, data) => isCurrent() && handlers[name]?.(data),
    onConnection: (now, again) => {
      showConnection(now);
      if (again) Promise.all([load(), loadPeople(), loadBot()]).catch(() => undefined);
    },
  });
  await Promise.all([load(), loadBot()]);
}

/** @param {boolean} now */
function showConnection(now) {
  connected = now;
  byId('connection').hidden = connected;
}

async function loadBot() {
  bot = await getBot(currentLanguage());
  byId('bot-name').textContent = bot.first_name;
}

async function loadPeople() {
  const known = new Map(people.map((one) => [one.id, one]));
  // The same objects stay, so that `person` is one of them.
  people = (await getPeople()).map((one) => Object.assign(known.get(one.id) ?? {}, one));
  if (person) person.unread = 0;
  drawPeople();
}

const narrow = matchMedia('(max-width: 720px)');

/** Opens the person in the URL; a wide window without one opens the first person. */
async function follow() {
  const id = Number(location.hash.slice(1));
  const named = people.find((one) => one.id === id);
  const chosen = named ?? (narrow.matches ? undefined : (person ?? people[0]));
  document.body.classList.toggle('in-chat', chosen !== undefined);
  byId('nobody').hidden = people.length > 0;
  if (!chosen) return;
  if (!named) history.replaceState(null, '', `#${chosen.id}`);
  if (chosen !== person) await open(chosen);
  if (!narrow.matches) composer.focus();
}

function labelTheme() {
  const theme = currentTheme();
  const words = {
    auto: translate('themeAuto'),
    light: translate('themeLight'),
    dark: translate('themeDark'),
  };
  const button = byId('theme');
  const label = translate('theme', { theme: words[theme] });
  button.setAttribute('aria-label', label);
  button.title = label;
  button.replaceChildren(icon({ auto: 'auto', light: 'sun', dark: 'moon' }[theme]));
}

byId('theme').addEventListener('click', () => {
  nextTheme();
  labelTheme();
});
byId('back').addEventListener('click', () => {
  history.pushState(null, '', location.pathname);
  document.body.classList.remove('in-chat');
  /** @type {HTMLElement | null} */ (document.querySelector('.person[tabindex="0"]'))?.focus();
});
byId('scroller').addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented) composer.focus();
});
addEventListener('hashchange', () => follow().catch(report));
addEventListener('popstate', () => follow().catch(report));
narrow.addEventListener('change', () => follow().catch(report));
preparePeople((added) => {
  if (!people.some(({ id }) => id === added.id)) people.push({ ...added, unread: 0 });
  location.hash = String(added.id);
});

setLanguage(navigator.language);
labelTheme();
const start = async () => {
  try {
    await loadPeople();
    showConnection(true);
    await follow();
  } catch {
    showConnection(false);
    setTimeout(start, 2000);
  }
};
await start();
