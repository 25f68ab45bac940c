// Requests of the page to the playground's server.

/** @import { Bot, CallbackAnswer, Connection, Counts, Group, InlineAnswer, Message, OutgoingFile, Person, Place, PrivateChat, RemoteFile, Topic } from './types.js' */

const root = '/playground';

/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<any>} the reply's JSON; rejects with the server's own sentence
 */
async function request(path, init) {
  const response = await fetch(root + path, init);
  const body = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw new Error(body?.error ?? `HTTP ${response.status}`);
  return body;
}

/** @param {unknown} body @param {string} [method] */
const json = (body, method = 'POST') => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** The smallest id of a chat of two people (state/private-chat.ts). */
const firstPrivateChatId = 5_000_000_000_001;

/** Groups have negative ids, as at Telegram. @param {number} chatId */
export const pathOf = (chatId) =>
  chatId < 0
    ? `/groups/${chatId}`
    : chatId < firstPrivateChatId
      ? `/people/${chatId}`
      : `/private-chats/${chatId}`;

/** Returns the fields that name the speaker in a group or a chat of two people. @param {Place} place */
const writer = ({ group, pair, speaker, topic }) =>
  group || pair ? { from: speaker.id, ...(topic !== undefined && { message_thread_id: topic }) } : {};

/** @returns {Promise<Bot>} @param {string} language */
export const getBot = (language) => request(`/bot?language=${encodeURIComponent(language)}`);

/** @returns {Promise<Person[]>} */
export const getPeople = () => request('/people');

/** @returns {Promise<Person>} @param {{ first_name: string, language_code: string }} person */
export const addPerson = (person) => request('/people', json(person));

/** @returns {Promise<Person>} @param {number} id @param {boolean} blocked */
export const setBlocked = (id, blocked) => request(`/people/${id}`, json({ blocked }, 'PATCH'));

/** @returns {Promise<Group[]>} */
export const getGroups = () => request('/groups');

/**
 * Creates a group, with the bot in it.
 * @param {{ title: string, creator: number, members: number[], is_forum: boolean }} about
 * @returns {Promise<Group>}
 */
export async function addGroup(about) {
  const { id } = await request('/groups', json(about));
  return request(`/groups/${id}`, json({ by: about.creator, bot: 'member' }, 'PATCH'));
}

/** @returns {Promise<PrivateChat[]>} */
export const getPrivateChats = () => request('/private-chats');

/** Opens the chat of two people. @returns {Promise<PrivateChat>} @param {number[]} people */
export const openPrivateChat = (people) => request('/private-chats', json({ people }));

/** @returns {Promise<Connection | null>} @param {number} personId */
export const getConnection = (personId) => request(`/people/${personId}/connection`);

/** @param {number} personId @param {{ can_reply: boolean, chats: string, people: number[] }} choice */
export const connectAccount = (personId, choice) =>
  request(`/people/${personId}/connection`, json(choice, 'PUT'));

/** @param {number} personId */
export const disconnectAccount = (personId) =>
  request(`/people/${personId}/connection`, { method: 'DELETE' });

/** @param {Place} place @param {string} bot its new status */
export const setBotStatus = ({ id, speaker }, bot) =>
  request(`/groups/${id}`, json({ by: speaker.id, bot }, 'PATCH'));

/** @returns {Promise<Topic>} @param {Place} place @param {string} name */
export const openTopic = ({ id, speaker }, name) =>
  request(`/groups/${id}/topics`, json({ by: speaker.id, name }));

/** @returns {Promise<Counts>} @param {number} chatId */
export const getCounts = (chatId) => request(`/counts/${chatId}`);

/**
 * Returns a page of history, oldest first.
 * @param {Place} place
 * @param {number} [before] only messages with a smaller id
 * @returns {Promise<{ messages: Message[], more: boolean, pinned: Message[] }>}
 */
export function getMessages({ id, group, pair, topic }, before) {
  const query = new URLSearchParams({ limit: '50' });
  if (before !== undefined) query.set('before', String(before));
  if (topic !== undefined) query.set('message_thread_id', String(topic));
  return request(`${pathOf(id)}/${group || pair ? 'history' : 'messages'}?${query}`);
}

/** @returns {Promise<Message>} @param {Place} place @param {string} text @param {number} [replyTo] */
export const sendText = (place, text, replyTo) =>
  request(
    `${pathOf(place.id)}/messages`,
    json({ ...writer(place), text, ...(replyTo && { reply_to_message_id: replyTo }) }),
  );

/** @returns {Promise<Message>} @param {Place} place @param {number} messageId @param {string} text */
export const editText = (place, messageId, text) =>
  request(`${pathOf(place.id)}/messages/${messageId}`, json({ ...writer(place), text }, 'PATCH'));

/** @param {Place} place @param {number} messageId */
export const deleteMessage = (place, messageId) =>
  request(`${pathOf(place.id)}/messages/${messageId}?from=${place.speaker.id}`, { method: 'DELETE' });

/** @param {Place} place @param {number} messageId @param {boolean} pinned */
export const pinMessage = (place, messageId, pinned) =>
  request(`${pathOf(place.id)}/messages/${messageId}/pin`, json({ ...writer(place), pinned }, 'PUT'));

/**
 * Forwards a message from one chat into another.
 * @param {Place} target @param {number} fromChat @param {number} messageId @param {string} origin
 * @returns {Promise<Message>}
 */
export const forwardMessage = (target, fromChat, messageId, origin) =>
  request(
    `${pathOf(target.id)}/forwards`,
    json({ ...writer(target), message_id: messageId, chat_id: fromChat, origin }),
  );

/** Sends a contact, a location or a poll. @returns {Promise<Message>} @param {Place} place @param {object} attachment */
export const sendAttachment = (place, attachment) =>
  request(`${pathOf(place.id)}/attachments`, json({ ...writer(place), attachment }));

/**
 * Presses an inline button. Resolves when the bot has answered, or after the server's 15 s without an answer.
 * @param {Place} place @param {number} messageId @param {string} data
 * @returns {Promise<CallbackAnswer>}
 */
export const pressButton = (place, messageId, data) =>
  request(`${pathOf(place.id)}/callbacks`, json({ ...writer(place), message_id: messageId, data }));

/** @returns {Promise<InlineAnswer>} @param {Place} place @param {string} query */
export const askInline = ({ id, group, speaker }, query) =>
  request(`/people/${speaker.id}/inline`, json({ query, ...(group && { chat_id: id }) }));

/** @returns {Promise<Message>} @param {Place} place @param {string} queryId @param {string} resultId */
export const chooseInline = ({ id, group, speaker, topic }, queryId, resultId) =>
  request(
    `/people/${speaker.id}/inline/choices`,
    json({
      query_id: queryId,
      result_id: resultId,
      ...(group && { chat_id: id, message_thread_id: topic }),
    }),
  );

/**
 * Returns the URL of a file's bytes.
 * @param {RemoteFile} file
 * @param {{ name?: string, download?: boolean }} [options]
 */
export function fileUrl(file, { name, download } = {}) {
  const query = new URLSearchParams();
  if (name) query.set('name', name);
  if (download) query.set('download', '1');
  const suffix = query.size > 0 ? `?${query}` : '';
  return `${root}/files/${encodeURIComponent(file.file_unique_id)}${suffix}`;
}

/**
 * Uploads a file as the body of a PUT, which the server streams to its disk.
 * @param {Place} place
 * @param {OutgoingFile} outgoing
 * @param {{ onProgress: (fraction: number) => void, signal: AbortSignal }} hooks progress from 0 to 1
 * @returns {Promise<Message>} rejects with an AbortError when the signal fires
 */
export function sendFile(place, outgoing, { onProgress, signal }) {
  const { file, kind, durationSeconds, caption, replyTo, emoji, width, height } = outgoing;
  const query = new URLSearchParams();
  const fields = {
    ...writer(place),
    kind,
    name: file.name,
    duration: durationSeconds,
    caption,
    mime_type: file.type.split(';')[0],
    reply_to_message_id: replyTo,
    emoji,
    width,
    height,
  };
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined && value !== '') query.set(name, String(value));

  return new Promise((resolve, reject) => {
    // fetch() still reports no upload progress in every browser.
    const transfer = new XMLHttpRequest();
    transfer.responseType = 'json';
    transfer.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    transfer.addEventListener('load', () => {
      if (transfer.status >= 200 && transfer.status < 300) resolve(transfer.response);
      else reject(new Error(transfer.response?.error ?? `HTTP ${transfer.status}`));
    });
    transfer.addEventListener('error', () => reject(new TypeError('connection lost')));
    transfer.addEventListener('abort', () => reject(new DOMException('cancelled', 'AbortError')));
    signal.addEventListener('abort', () => transfer.abort(), { once: true });
    transfer.open('PUT', `${root}${pathOf(place.id)}/files?${query}`);
    transfer.setRequestHeader('content-type', file.type || 'application/octet-stream');
    transfer.send(file);
  });
}
