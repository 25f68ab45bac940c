import { createHash } from 'node:crypto';
import type { Message } from 'grammy/types';
import { parseCaption } from '../domain/caption.ts';
import { fileNameIn, readLink } from '../domain/link.ts';
import type { Upload } from '../domain/transcription.ts';
import { readBaseUpload } from './upload.ts';

/**
 * Returns the first link of a message; null when there is none. A site's name without a path does
 * not count, because it leads to no audio.
 */
export function linkIn({ text = '', entities = [] }: Message): URL | null {
  for (const entity of entities) {
    const { type, offset, length } = entity;
    const written =
      type === 'text_link' ? entity.url : type === 'url' ? text.slice(offset, offset + length) : null;
    const url = written === null ? null : readLink(written);
    if (url !== null && (url.pathname !== '/' || url.search !== '')) return url;
  }
  return null;
}

/** Returns the words of a text that are neither links nor names, such as "vira fa". */
export function wordsBeside(text: string): string {
  return text
    .split(/\s+/)
    .filter((word) => !/[./@]/.test(word))
    .join(' ');
}

/**
 * Returns a link as an upload; its `fileId` is the link.
 * @param user the user in whose lane it goes
 */
export function linkUpload(botId: number, message: Message, user: Upload['user'], url: URL): Upload {
  return {
    ...readBaseUpload(botId, message, user),
    kind: 'document',
    fileId: url.href,
    fileUniqueId: createHash('sha256').update(url.href).digest('base64url'),
    fileName: fileNameIn(url),
    mimeType: null,
    fileSize: null,
    announcedSeconds: null,
    ...parseCaption(wordsBeside(message.text ?? '')),
  };
}
