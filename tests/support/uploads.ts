import type { Upload } from '../../src/domain/transcription.ts';

let messages = 0;

/** A voice note of somebody; every call is another message unless told otherwise. */
export function upload({
  user,
  messageId,
  fileName = null,
}: {
  user: number;
  messageId?: number;
  fileName?: string | null;
}): Upload {
  messages += 1;
  const message = messageId ?? messages;
  return {
    uploadKey: `1:${user}:${message}`,
    user: { id: user, firstName: 'سارا', lastName: null, username: null, languageCode: 'fa' },
    chat: { id: user, type: 'private', title: null },
    messageId: message,
    threadId: null,
    kind: 'voice',
    fileId: `file-${message}`,
    fileUniqueId: `unique-${message}`,
    fileName,
    mimeType: 'audio/ogg',
    fileSize: 33_090,
    announcedSeconds: 11,
    language: null,
    sentAtSeconds: 1_795_000_000,
  };
}
