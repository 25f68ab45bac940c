import type { MessageContent } from '../conversation.ts';
import type { StoredFile } from '../state/state.ts';

/** What the sender states about a file beside the bytes. */
export interface MediaDetails {
  /** Seconds. */
  readonly duration?: number;
  readonly title?: string;
  readonly performer?: string;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  /** The emoji of a sticker. */
  readonly emoji?: string;
}

/** Pixels of a round video's side, as Telegram's clients record it. */
const videoNoteLength = 240;

/** Pixels of a sticker's longer side (core.telegram.org/stickers). */
const stickerLength = 512;

/**
 * Returns the field of a message that holds the file. A missing duration is 0, as from a client that could
 * not determine it.
 */
export function mediaContent(file: StoredFile, details: MediaDetails): MessageContent {
  const duration = details.duration ?? 0;
  const ids = { file_id: file.file_id, file_unique_id: file.file_unique_id };
  const size = { file_size: file.size };
  const named = {
    ...(file.file_name !== null && { file_name: file.file_name }),
    mime_type: file.mime_type,
  };
  switch (file.kind) {
    case 'voice':
      return { voice: { duration, mime_type: file.mime_type, ...ids, ...size } };
    case 'audio':
      return {
        audio: {
          duration,
          ...named,
          ...(details.title && { title: details.title }),
          ...(details.performer && { performer: details.performer }),
          ...ids,
          ...size,
        },
      };
    case 'video':
      return {
        video: {
          duration,
          width: details.width ?? 1280,
          height: details.height ?? 720,
          ...named,
          ...ids,
          ...size,
        },
      };
    case 'video_note':
      return { video_note: { duration, length: videoNoteLength, ...ids, ...size } };
    case 'photo':
      return { photo: [{ ...ids, ...size, width: details.width ?? 1280, height: details.height ?? 720 }] };
    case 'sticker':
      return {
        sticker: {
          type: 'regular',
          width: details.width ?? stickerLength,
          height: details.height ?? stickerLength,
          is_animated: false,
          is_video: false,
          ...(details.emoji && { emoji: details.emoji }),
          ...ids,
          ...size,
        },
      };
    case 'document':
      return { document: { ...named, ...ids, ...size } };
  }
}
