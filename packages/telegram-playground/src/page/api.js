// Requests of the page to the playground's server.

/** @import { Bot, CallbackAnswer, Message, OutgoingFile, Person, RemoteFile } from './types.js' */

const root = '/playground';

/** Size in bytes above which a file goes as the raw body of a PUT, which the server streams to its disk. */
const largestForm = 20 * 1024 * 1024;

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

/** @param {unknown} body */
const json = (body) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** @returns {Promise<Bot>} @param {string} language */
export const getBot = (language) => request(`/bot?language=${encodeURIComponent(language)}`);

/** @returns {Promise<Person[]>} */
export const getPeople = () => request('/people');

/** @returns {Promise<Person>} @param {{ first_name: string, language_code: string }} person */
export const addPerson = (person) => request('/people', json(person));

/**
 * A page of history, oldest first.
 * @param {number} personId
 * @param {number} [before] only messages with a smaller id
 * @returns {Promise<{ messages: Message[], more: boolean }>}
 */
export const getMessages = (personId, before) =>
  request(`/people/${personId}/messages?limit=50${before === undefined ? '' : `&before=${before}`}`);

/** @returns {Promise<Message>} @param {number} personId @param {string} text @param {number} [replyTo] */
export const sendText = (personId, text, replyTo) =>
  request(`/people/${personId}/messages`, json({ text, ...(replyTo && { reply_to_message_id: replyTo }) }));

/** @param {number} personId @param {number} messageId */
export const deleteMessage = (personId, messageId) =>
  request(`/people/${personId}/messages/${messageId}`, { method: 'DELETE' });

/**
 * Presses an inline button. Resolves when the bot has answered, or after the server's 15 s without an answer.
 * @param {number} personId @param {number} messageId @param {string} data
 * @returns {Promise<CallbackAnswer>}
 */
export const pressButton = (personId, messageId, data) =>
  request(`/people/${personId}/callbacks`, json({ message_id: messageId, data }));

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
 * Uploads a file.
 * @param {number} personId
 * @param {OutgoingFile} outgoing
 * @param {{ onProgress: (fraction: number) => void, signal: AbortSignal }} hooks progress from 0 to 1
 * @returns {Promise<Message>} rejects with an AbortError when the signal fires
 */
export function sendFile(personId, outgoing, { onProgress, signal }) {
  const { file, kind, durationSeconds, caption, replyTo } = outgoing;
  const fields = {
    kind,
    duration: durationSeconds === undefined ? undefined : String(durationSeconds),
    caption: caption || undefined,
    mime_type: file.type.split(';')[0] || undefined,
    reply_to_message_id: replyTo === undefined ? undefined : String(replyTo),
  };
  const large = file.size > largestForm;
  /** @type {[string, string][]} */
  const entries = [];
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) entries.push([name, value]);
  const path = `${root}/people/${personId}/files`;

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
    if (large) {
      transfer.open('PUT', `${path}?${new URLSearchParams([...entries, ['name', file.name]])}`);
      transfer.setRequestHeader('content-type', file.type || 'application/octet-stream');
      transfer.send(file);
    } else {
      const form = new FormData();
      for (const [name, value] of [...entries, ['file_name', file.name]])
        form.append(/** @type {string} */ (name), /** @type {string} */ (value));
      form.append('file', file, file.name);
      transfer.open('POST', path);
      transfer.send(form);
    }
  });
}
