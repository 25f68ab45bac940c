// Groups: the dialog that makes one, the switch of the speaker, and the row of topics.

import { addGroup, openTopic } from './api.js';
import { byId, element } from './dom.js';
import { translate } from './locale.js';
import { fullName } from './names.js';
import { toast } from './notices.js';
import { pairOf } from './private-chats.js';

/** @import { Group, Person, Place } from './types.js' */

const failed = (/** @type {unknown} */ error) =>
  toast(translate('sendFailed', { reason: String(/** @type {Error} */ (error).message) }));

/** Returns the people in a group who can speak in it. @param {Group} group @param {readonly Person[]} people */
export const membersOf = (group, people) =>
  people.filter(({ id }) => (group.members[id] ?? 'left') !== 'left');

/**
 * Prepares the dialog that makes a group, with the bot in it.
 * @param {{ people: () => readonly Person[], onAdded: (group: Group) => void }} hooks
 */
export function prepareNewGroup({ people, onAdded }) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('group-dialog'));
  const form = /** @type {HTMLFormElement} */ (byId('group-form'));
  const title = /** @type {HTMLInputElement} */ (byId('group-title-input'));
  const forum = /** @type {HTMLInputElement} */ (byId('group-forum'));
  const members = byId('group-members');

  byId('add-group').addEventListener('click', () => {
    form.reset();
    members.replaceChildren(
      ...people().map((person) =>
        element(
          'label',
          { class: 'choice' },
          element('input', { type: 'checkbox', name: 'member', value: person.id, checked: true }),
          element('bdi', {}, fullName(person)),
        ),
      ),
    );
    dialog.showModal();
    title.focus();
  });
  byId('group-cancel').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const chosen = new FormData(form).getAll('member').map(Number);
    const [creator] = chosen;
    if (creator === undefined) return toast(translate('groupNeedsMember'));
    try {
      const about = { title: title.value.trim(), creator, members: chosen, is_forum: forum.checked };
      const group = await addGroup(about);
      dialog.close();
      onAdded({ ...group, unread: 0 });
    } catch (error) {
      failed(error);
    }
  });
}

/**
 * Prepares the switch of the speaker. @param {(speakerId: number) => void} onSpeaker
 * @returns {(place: Place, people: readonly Person[]) => void} draws it; hidden in a chat with the bot
 */
export function prepareSpeaker(onSpeaker) {
  const select = /** @type {HTMLSelectElement} */ (byId('speaker'));
  select.addEventListener('change', () => onSpeaker(Number(select.value)));
  return ({ group, pair, speaker }, people) => {
    const speakers = group ? membersOf(group, people) : pair ? pairOf(pair, people) : [];
    byId('speaker-box').hidden = speakers.length === 0;
    if (speakers.length === 0) return;
    select.replaceChildren(
      ...speakers.map((person) => element('option', { value: person.id }, fullName(person))),
    );
    select.value = String(speaker.id);
  };
}

/**
 * Prepares the row of topics. @param {(topic: number | undefined) => void} onTopic
 * @returns {(place: Place) => void} draws it; hidden without topics
 */
export function prepareTopics(onTopic) {
  const row = byId('topics');
  return ({ group, topic: chosen }) => {
    const topics = group?.topics.filter(({ state }) => state !== 'deleted') ?? [];
    row.hidden = topics.length === 0;
    const chips = [{ id: undefined, name: translate('allTopics') }, ...topics].map(({ id, name }) =>
      element(
        'button',
        {
          type: 'button',
          class: 'topic',
          'aria-pressed': String(id === chosen),
          onclick: () => onTopic(id),
        },
        element('bdi', {}, name),
      ),
    );
    row.replaceChildren(...chips);
  };
}

/**
 * Prepares the dialog that opens a topic. @param {{ place: () => Place | null, onOpened: (topic: number) => void }} hooks
 * @returns {() => void} opens it
 */
export function prepareNewTopic({ place, onOpened }) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('topic-dialog'));
  const form = /** @type {HTMLFormElement} */ (byId('topic-form'));
  const name = /** @type {HTMLInputElement} */ (byId('topic-name'));
  byId('topic-cancel').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const here = place();
    if (!here || !name.value.trim()) return;
    try {
      const title = name.value.trim();
      const { id } = await openTopic(here, title);
      // The event about it may come after this answer, when the page no longer listens.
      const topics = here.group?.topics;
      if (topics && !topics.some((topic) => topic.id === id)) topics.push({ id, name: title, state: 'open' });
      dialog.close();
      onOpened(id);
    } catch (error) {
      failed(error);
    }
  });
  return () => {
    form.reset();
    dialog.showModal();
    name.focus();
  };
}
