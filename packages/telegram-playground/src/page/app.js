// Connects the parts of the page: the chosen chat, who speaks in it, its messages, the live events.

import {
  askInline,
  chooseInline,
  editText,
  getBot,
  getGroups,
  getMessages,
  getPeople,
  getPrivateChats,
  sendText,
} from './api.js';
import { prepareAttachMenu } from './attach-menu.js';
import { prepareComposer } from './composer.js';
import { createConversation } from './conversation.js';
import { byId, icon } from './dom.js';
import { listen } from './events.js';
import { membersOf, prepareNewGroup, prepareNewTopic, prepareSpeaker, prepareTopics } from './groups.js';
import { prepareHeadMenu } from './head-menu.js';
import { showLateAnswer } from './keyboard.js';
import { currentLanguage, formatNumber, isStringKey, setLanguage, translate } from './locale.js';
import { fileOf, summaryOf } from './media.js';
import { prepareMessageMenu } from './message-menu.js';
import { fullName, isOwn, senderName, serviceText } from './names.js';
import { toast } from './notices.js';
import { avatar, initialsOf, prepareList, prepareNewPerson, renderChats } from './people.js';
import { preparePinned } from './pinned.js';
import { pairName, pairOf, prepareConnection, prepareNewPrivateChat } from './private-chats.js';
import { currentTheme, nextTheme } from './theme.js';
import { createUploads } from './uploads.js';

/** @import { Bot, Group, Message, Person, Place, PrivateChat } from './types.js' */
/** @typedef {ReturnType<typeof createConversation>} Conversation */

/** A chat action lasts 5 s unless it is repeated, as in the Bot API; in ms. */
const actionLasts = 5000;

/** @type {Bot} */
let bot = { id: 0, first_name: 'دبیر', commands: [] };
/** @type {Person[]} */
let people = [];
/** @type {Group[]} */
const groups = [];
/** @type {PrivateChat[]} */
const pairs = [];
/** @type {Place | null} */
let place = null;
/** @type {Conversation | null} */
let conversation = null;
let stopListening = () => {};
/** @type {number | undefined} */
let actionTimer;
let connected = true;
/** @type {Map<number, string>} */
const drafts = new Map();
/** The last speaker in each group and chat of two people. @type {Map<number, number>} */
const speakers = new Map();

const botName = () => bot.first_name;
const currentPlace = () => place;
const reader = () => ({ speakerId: place?.speaker.id ?? 0, botId: () => bot.id, botName });
const report = (/** @type {unknown} */ error) =>
  toast(
    translate('sendFailed', {
      reason:
        error instanceof TypeError ? translate('offline') : String(/** @type {Error} */ (error).message),
    }),
  );
const received = (/** @type {Message} */ message) => receive(message);
const ifHere = (/** @type {number} */ chatId, /** @type {Message} */ message) => {
  if (chatId === place?.id) receive(message);
};

const uploads = createUploads({
  onSent: ifHere,
  onShown: () => {
    byId('empty').hidden = true;
    conversation?.toEnd();
  },
});
const upload = (/** @type {import('./types.js').OutgoingFile} */ outgoing) => {
  if (place) uploads.add(place, outgoing);
};

const composer = prepareComposer({
  nameOf: (message) => senderName(message, reader()),
  commands: () => bot.commands,
  username: () => bot.username,
  isReady: () => place !== null,
  onText: (text, replyTo) => {
    if (place) write(place, text, replyTo);
  },
  onEdit: (messageId, text) => {
    if (place) editText(place, messageId, text).then((message) => conversation?.put(message), report);
  },
  onFile: upload,
  onLeaveUp: () => conversation?.focusLast(),
  askInline: (query) => (place ? askInline(place, query) : Promise.resolve({ answered: false })),
  onInline: (queryId, result) => {
    if (place) chooseInline(place, queryId, result.id).then(received, report);
  },
  // The button above inline results opens the chat with the bot and starts it.
  onStart: (parameter) => {
    if (!place) return;
    const { speaker } = place;
    location.hash = String(speaker.id);
    write({ id: speaker.id, speaker, group: null }, `/start ${parameter}`);
  },
});

const pinned = preparePinned((id) => conversation?.jumpTo(id));
const showMenu = prepareMessageMenu({
  place: currentPlace,
  botName,
  people: () => people,
  groups: () => groups,
  isPinned: pinned.has,
  isOwn: (message) => isOwn(message, reader()),
  onReply: composer.setReply,
  onEdit: composer.edit,
  onDeleted: ({ message_id }) => conversation?.remove(message_id),
  onSent: ifHere,
  onFailed: report,
});
const drawSpeaker = prepareSpeaker((speakerId) => {
  const speaker = people.find(({ id }) => id === speakerId);
  if (place && speaker) void open({ ...place, speaker }).catch(report);
});
const drawTopics = prepareTopics((topic) => {
  if (place) void open({ ...place, topic }).catch(report);
});
const openNewTopic = prepareNewTopic({
  place: currentPlace,
  onOpened: (topic) => {
    if (place) void open({ ...place, topic }).catch(report);
  },
});
prepareHeadMenu({
  place: currentPlace,
  openNewTopic,
  openConnection: prepareConnection({ people: () => people }),
  onFailed: report,
});
prepareAttachMenu({
  place: currentPlace,
  people: () => people,
  pick: composer.pick,
  onFile: upload,
  onSent: received,
  onFailed: report,
});

/** @param {Place} here @param {string} text @param {number} [replyTo] */
async function write(here, text, replyTo) {
  try {
    const message = await sendText(here, text, replyTo);
    if (here.id === place?.id) receive(message);
  } catch (error) {
    report(error);
    // The text returns to the text box, so that it is not lost.
    if (here.id === place?.id && composer.draft() === '') composer.restore(text);
    else drafts.set(here.id, text);
  }
}

/** Adds a message that came by an event or as the reply to a request. @param {Message} message */
function receive(message) {
  if (!isInTopic(message)) return;
  conversation?.put(message);
  if (message.from?.id === bot.id) {
    showAction(null);
    conversation?.hideDraft();
  }
  showLast();
}

/** @param {Message} message */
const isInTopic = ({ message_thread_id }) => place?.topic === undefined || place.topic === message_thread_id;

function showLast() {
  const last = conversation?.last();
  const listed = place && (place.group ?? place.pair ?? place.speaker);
  if (!listed || !last || place?.topic !== undefined) return;
  listed.last_message = { text: serviceText(last, reader(), summaryOf) ?? summaryOf(last), date: last.date };
  drawLists();
}

function drawLists() {
  const chosen = place?.id ?? null;
  renderChats(
    byId('people-list'),
    people.map((one) => ({
      ...one,
      name: fullName(one),
      initials: initialsOf(one.first_name, one.last_name),
    })),
    chosen,
  );
  renderChats(
    byId('group-list'),
    groups.map((one) => ({ ...one, name: one.title, initials: initialsOf(one.title) })),
    chosen,
  );
  renderChats(
    byId('pair-list'),
    pairs.map((one) => ({
      ...one,
      name: pairName(one, people),
      initials: initialsOf(...pairOf(one, people).map(({ first_name: name }) => name)),
    })),
    chosen,
  );
  const unread = [...people, ...groups].reduce((sum, one) => sum + (one.id === chosen ? 0 : one.unread), 0);
  document.title = `${unread > 0 ? `(${formatNumber(unread)}) ` : ''}${botName()}`;
}

/** @param {string | null} action a chat action of the Bot API, null for none */
function showAction(action) {
  window.clearTimeout(actionTimer);
  const known = action !== null && isStringKey(action);
  const subtitle = byId('subtitle');
  subtitle.classList.toggle('acting', known);
  subtitle.textContent = known ? translate(action) : describePlace();
  if (known) actionTimer = window.setTimeout(() => showAction(null), actionLasts);
}

function describePlace() {
  if (!place) return '';
  const as = translate('speakingAs', { name: fullName(place.speaker) });
  if (place.pair) return as;
  if (!place.group) return `${translate('bot')} · ${as}`;
  const isIn = place.group.bot !== 'left' && place.group.bot !== 'kicked';
  const count = membersOf(place.group, people).length + (isIn ? 1 : 0);
  // Who speaks is beside it, in the switch.
  return translate('memberCount', { count });
}

/** Returns the other of the two people; undefined in other chats. @param {Place | null} here */
const friendIn = (here) => here?.pair && pairOf(here.pair, people).find(({ id }) => id !== here.speaker.id);

function drawHead() {
  const friend = friendIn(place);
  const isWithBot = !place?.group && !friend;
  byId('bot-name').textContent = place?.group?.title ?? (friend ? fullName(friend) : botName());
  byId('chat-mark').hidden = !isWithBot;
  const face = place?.group
    ? avatar({ id: place.group.id, initials: initialsOf(place.group.title) })
    : friend && avatar({ id: friend.id, initials: initialsOf(friend.first_name, friend.last_name) });
  byId('chat-avatar').replaceChildren(...(face ? [face] : []));
  const description = (isWithBot && bot.description) || '';
  byId('empty').classList.toggle('described', description !== '');
  byId('empty-title').textContent = translate(
    isWithBot ? (description ? 'whatCanItDo' : 'emptyTitle') : 'emptyGroupTitle',
  );
  byId('empty-text').textContent = friend
    ? translate('emptyPairText')
    : isWithBot
      ? description || translate('emptyText')
      : translate('emptyGroupText', { name: botName() });
  byId('start').hidden = description === '';
  if (!place) return;
  drawSpeaker(place, people);
  drawTopics(place);
  showAction(null);
}

/** Opens a chat, or the same chat with another speaker or topic. @param {Place} chosen */
async function open(chosen) {
  if (place) drafts.set(place.id, composer.draft());
  stopListening();
  conversation?.close();
  place = chosen;
  (chosen.group ?? chosen.pair ?? chosen.speaker).unread = 0;
  speakers.set(chosen.id, chosen.speaker.id);
  document.body.classList.add('in-chat');
  byId('empty').hidden = true;
  byId('nobody').hidden = true;
  byId('composer').hidden = false;
  composer.restore(drafts.get(chosen.id) ?? '');
  uploads.show(chosen.id);
  drawLists();
  pinned.show([]);
  drawHead();

  const isCurrent = () => place === chosen;
  const current = createConversation({
    ...reader(),
    place: chosen,
    onCommand: (command) => write(chosen, command),
    onInline: (query) => composer.write(`@${bot.username} ${query}`),
    onJump: (id) => current.jumpTo(id),
    onTime: (id, seconds) => current.play(id, seconds),
    onMenu: showMenu,
    loadOlder: (before) => getMessages(chosen, before),
  });
  conversation = current;

  /**
   * Messages from events that came while history was loading: theirs is the newer state. @type {Map<number,
   * Message | null>}
   */
  const fresh = new Map();
  const load = async () => {
    fresh.clear();
    const page = await getMessages(chosen);
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
    pinned.show(page.pinned);
    if (uploads.has(chosen.id)) byId('empty').hidden = true;
    showLast();
  };

  /** @type {Record<string, (data: any) => void>} */
  const handlers = {
    message: (message) => {
      if (!isInTopic(message)) return;
      fresh.set(message.message_id, message);
      if (isOwn(message, reader()) && fileOf(message)) uploads.arrived(chosen.id);
      receive(message);
    },
    edit: (message) => {
      if (!isInTopic(message)) return;
      fresh.set(message.message_id, message);
      current.put(message);
      showLast();
    },
    delete: ({ message_id }) => {
      fresh.set(message_id, null);
      current.remove(message_id);
      showLast();
    },
    pinned: (messages) => pinned.show(messages),
    draft: ({ text, entities }) => current.showDraft(text, entities),
    action: ({ action }) => showAction(action),
    reaction: ({ message_id, reactions }) => current.react(message_id, reactions),
    callback_answer: (answer) => showLateAnswer(answer, botName()),
    commands: () => loadBot().catch(() => undefined),
    profile: () => loadBot().catch(() => undefined),
    group: (group) => {
      keepGroup(group);
      if (group.id === chosen.id) drawHead();
      drawLists();
    },
    unread: ({ id, unread, last_message }) => {
      const other = [...people, ...groups, ...pairs].find((one) => one.id === id);
      if (!other) return void loadLists().catch(() => undefined);
      other.unread = id === chosen.id ? 0 : unread;
      if (last_message) other.last_message = last_message;
      drawLists();
    },
    reset: () => load().catch(report),
  };

  stopListening = listen(chosen.id, {
    onEvent: (name, data) => isCurrent() && handlers[name]?.(data),
    onConnection: (now, again) => {
      showConnection(now);
      if (again) Promise.all([load(), loadLists(), loadBot()]).catch(() => undefined);
    },
  });
  // The bot first: names on messages depend on its id.
  await loadBot();
  if (isCurrent()) await load();
}

/** @param {boolean} now */
function showConnection(now) {
  connected = now;
  byId('connection').hidden = connected;
}

/** Reads the bot's name, description and commands, which depend on the language of the speaker. */
async function loadBot() {
  bot = await getBot(place?.speaker.language_code ?? navigator.language);
  drawHead();
  drawLists();
}

/** Objects stay the same, so that `place` names ones of the lists. @param {Group} group */
function keepGroup(group) {
  const known = groups.find(({ id }) => id === group.id);
  if (known) Object.assign(known, group, { unread: known.unread });
  else groups.push(group);
}

/** @param {PrivateChat} pair */
function keepPair(pair) {
  const known = pairs.find(({ id }) => id === pair.id);
  if (known) Object.assign(known, pair);
  else pairs.push(pair);
}

async function loadLists() {
  const known = new Map(people.map((one) => [one.id, one]));
  const [nowPeople, nowGroups, nowPairs] = await Promise.all([getPeople(), getGroups(), getPrivateChats()]);
  people = nowPeople.map((one) => Object.assign(known.get(one.id) ?? {}, one));
  for (const group of nowGroups) keepGroup(group);
  for (const pair of nowPairs) keepPair(pair);
  const open = place && (place.group ?? place.pair ?? place.speaker);
  if (open) open.unread = 0;
  drawLists();
}

const narrow = matchMedia('(max-width: 720px)');

/** Returns the chat of the URL; undefined when there is none. @returns {Place | undefined} */
function placeOf(/** @type {number} */ id) {
  const person = people.find((one) => one.id === id);
  if (person) return { id, speaker: person, group: null };
  const pair = pairs.find((one) => one.id === id);
  if (pair) {
    const two = pairOf(pair, people);
    const speaker = two.find((one) => one.id === speakers.get(id)) ?? two[0];
    return speaker && { id, speaker, group: null, pair };
  }
  const group = groups.find((one) => one.id === id);
  if (!group) return undefined;
  const members = membersOf(group, people);
  const speaker = members.find((one) => one.id === speakers.get(id)) ?? members[0];
  return speaker && { id, speaker, group };
}

/** Opens the chat in the URL; a wide window without one opens that of the first person who speaks the page's language. */
async function follow() {
  const named = placeOf(Number(location.hash.slice(1)));
  const first = people.find((one) => one.language_code === currentLanguage()) ?? people[0];
  const chosen = named ?? (narrow.matches ? undefined : (place ?? (first && placeOf(first.id))));
  document.body.classList.toggle('in-chat', chosen !== undefined);
  byId('nobody').hidden = people.length > 0;
  if (!chosen) return;
  if (!named) history.replaceState(null, '', `#${chosen.id}`);
  if (chosen.id !== place?.id) await open(chosen);
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
byId('start').addEventListener('click', () => {
  if (place) void write(place, '/start');
});
byId('scroller').addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented) composer.focus();
});
addEventListener('hashchange', () => follow().catch(report));
addEventListener('popstate', () => follow().catch(report));
narrow.addEventListener('change', () => follow().catch(report));
for (const name of ['people-list', 'group-list', 'pair-list']) prepareList(byId(name));
prepareNewPrivateChat({
  people: () => people,
  onOpened: (pair) => {
    keepPair(pair);
    location.hash = String(pair.id);
  },
});
prepareNewPerson((added) => {
  if (!people.some(({ id }) => id === added.id)) people.push({ ...added, unread: 0 });
  location.hash = String(added.id);
});
prepareNewGroup({
  people: () => people,
  onAdded: (group) => {
    keepGroup(group);
    location.hash = String(group.id);
  },
});

setLanguage(navigator.language);
labelTheme();
const start = async () => {
  try {
    await loadLists();
    showConnection(true);
    await follow();
  } catch {
    showConnection(false);
    setTimeout(start, 2000);
  }
};
await start();
