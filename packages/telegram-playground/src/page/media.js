// The files of a message: a voice note, an audio file, a video, a document.

import { fileUrl } from './api.js';
import { element, icon } from './dom.js';
import { formatDuration, formatSize, translate } from './locale.js';
import { fullName } from './names.js';
import { claimSound, createPlayer } from './player.js';

/** @import { Message, RemoteFile } from './types.js' */

/** Label and colour of the document icon (see `.file-icon` in messages.css). */
const families = /** @type {Record<string, string>} */ ({
  pdf: 'pdf',
  docx: 'word',
  doc: 'word',
  txt: 'text',
  md: 'text',
  srt: 'subtitles',
  vtt: 'subtitles',
  json: 'data',
  csv: 'data',
});

/** @param {Message} message @returns {RemoteFile | undefined} */
export const fileOf = (message) =>
  message.voice ??
  message.audio ??
  message.video ??
  message.video_note ??
  message.document ??
  message.sticker ??
  message.photo?.at(-1);

/** Returns the length of a message's sound or video in seconds; undefined when it has none. @param {Message} message */
export const durationIn = ({ voice, audio, video, video_note: note }) =>
  (voice ?? audio ?? video ?? note)?.duration;

/**
 * Returns a summary of a message in one line: its text, or its kind of file.
 * @param {Message} message
 */
export function summaryOf(message) {
  const text = message.text ?? message.caption;
  if (text) return text.replace(/\s+/g, ' ').trim();
  if (message.voice) return `${translate('voice')} ${formatDuration(message.voice.duration ?? 0)}`;
  if (message.audio) return message.audio.title ?? message.audio.file_name ?? translate('audio');
  if (message.video) return message.video.file_name ?? translate('video');
  if (message.video_note) return translate('videoNote');
  if (message.photo) return translate('photo');
  if (message.sticker) return `${message.sticker.emoji ?? ''} ${translate('sticker')}`.trim();
  if (message.contact) return `${translate('contact')}: ${fullName(message.contact)}`;
  if (message.location) return translate('location');
  if (message.poll) return message.poll.question;
  return message.document?.file_name ?? translate('document');
}

/**
 * Returns the player or card for a message's file; null when it has none.
 * @param {Message} message
 * @returns {HTMLElement | null}
 */
export function renderMedia({ voice, audio, video, video_note, document: file, photo, sticker }) {
  if (voice)
    return createPlayer({
      url: fileUrl(voice),
      durationSeconds: voice.duration,
      size: voice.file_size,
      label: translate('voice'),
    });
  if (audio)
    return createPlayer({
      url: fileUrl(audio),
      durationSeconds: audio.duration,
      size: audio.file_size,
      label: translate('audio'),
      title: audio.title ?? audio.file_name ?? translate('audio'),
    });
  if (video) return renderVideo(video, 'video');
  if (video_note) return renderVideo(video_note, 'video-note');
  const picture = photo?.at(-1);
  if (picture) return renderPicture(picture, 'picture', translate('photo'));
  if (sticker)
    return renderPicture(sticker, 'sticker', `${sticker.emoji ?? ''} ${translate('sticker')}`.trim());
  if (file) return fileCard(file);
  return null;
}

/** @param {RemoteFile} file @param {'picture' | 'sticker'} kind @param {string} label */
function renderPicture(file, kind, label) {
  // The size reserves the room before the picture is there.
  return element('img', {
    class: kind,
    src: fileUrl(file),
    alt: label,
    width: file.width,
    height: file.height,
    loading: 'lazy',
  });
}

/** @param {RemoteFile} file @param {'video' | 'video-note'} kind */
function renderVideo(file, kind) {
  const player = element('video', {
    class: kind,
    src: fileUrl(file),
    controls: true,
    playsinline: true,
    preload: 'metadata',
    'aria-label': translate(kind === 'video' ? 'video' : 'videoNote'),
  });
  player.addEventListener('play', () => claimSound(player));
  return player;
}

/** @param {string} name */
export function extensionOf(name) {
  return /\.([\p{L}\p{N}]{1,5})$/u.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** Returns an icon with the file's extension on it. @param {string} name */
export function fileIcon(name) {
  const extension = extensionOf(name);
  return element(
    'span',
    { class: `file-icon ${families[extension] ?? 'other'}`, 'aria-hidden': 'true' },
    extension ? extension.toUpperCase() : icon('file'),
  );
}

/** @param {RemoteFile} file */
function fileCard(file) {
  const name = file.file_name ?? translate('document');
  return element(
    'a',
    {
      class: 'file-card',
      href: fileUrl(file, { name, download: true }),
      download: name,
      'aria-label': translate('downloadFile', { name }),
    },
    fileIcon(name),
    element(
      'span',
      { class: 'file-text' },
      element('bdi', { class: 'file-name' }, name),
      element('span', { class: 'file-size' }, file.file_size === undefined ? '' : formatSize(file.file_size)),
    ),
    element('span', { class: 'file-download' }, icon('download')),
  );
}
