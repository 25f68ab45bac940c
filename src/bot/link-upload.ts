import { createHash } from 'node:crypto';
import type { Message } from 'grammy/types';
import { wishesInCaption } from '../domain/caption.ts';
import { fileNameIn, readLink } from '../domain/link.ts';
import type { Upload } from '../domain/transcription.ts';
import { baseUpload } from './upload.ts';

/** The first link of a message; null when it has none. The mere name of a site is none: nothing could be heard there. */
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

/** What stands beside links and names in a text, such as "vira fa". */
export function wordsBeside(text: string): string {
  return text
    .split(/\s+/)
    .filter((word) => !/[./@]/.test(word))
    .join(' ');
}

/** A link as the lane takes it: the link is the file's id. @param user whose lane it is */
export function linkUpload(botId: number, message: Message, user: Upload['user'], url: URL): Upload {
  return {
    ...baseUpload(botId, message, user),
    kind: 'document',
    fileId: url.href,
    fileUniqueId: createHash('sha256').update(url.href).digest('base64url'),
    fileName: fileNameIn(url),
    mimeType: null,
    fileSize: null,
    announcedSeconds: null,
    ...wishesInCaption(wordsBeside(message.text ?? '')),
  };
}
