import { type Api, GrammyError } from 'grammy';
import type { MessageEntity } from 'grammy/types';
import type { Messenger } from '../app/ports/messenger.ts';
import type { Amendments } from '../app/ports/sent-answers.ts';
import type { Texts } from '../texts/texts.ts';
import { renderBundleButtons } from './answer-message.ts';
import { createApi, isNotModified, isRefused, type TelegramSettings, toDeliveryError } from './api.ts';
import { entitiesOf } from './entities.ts';
import { createNamedFile } from './named-file.ts';
import { noPreview } from './send-options.ts';

/** Edits sent messages through the Bot API. Every failure is a DeliveryError. */
export function createAmendments(
  settings: TelegramSettings,
  messenger: Pick<Messenger, 'sendText' | 'sendFiles' | 'remove'>,
  texts: Texts,
): Amendments {
  const api = { text: createApi(settings, 'long'), files: createApi(settings, 'upload') };
  return {
    async editText(to, messageId, message) {
      const keyboard = renderBundleButtons(texts, to.languageCode, message);
      const write = (entities: MessageEntity[]) =>
        edit(
          api.text.editMessageText(to.chatId, messageId, message.text, {
            ...noPreview,
            entities,
            ...(keyboard !== undefined && { reply_markup: keyboard }),
          }),
        );
      const entities = entitiesOf(message);
      const edited = await write(entities).catch((error) => {
        // As in `sendText`: a plain text is better than the old one.
        if (isRefused(error) && entities.length > 0) return write([]);
        throw error;
      });
      if (edited === 'done') return messageId;
      if (edited === 'gone') return null;
      const sent = await messenger.sendText(to, message);
      await messenger.remove(to, [messageId]);
      return sent;
    },

    async editFile(to, messageId, file) {
      const media = { type: 'document', media: createNamedFile(file.bytes, file.fileName) } as const;
      const edited = await edit(api.files.editMessageMedia(to.chatId, messageId, media));
      if (edited === 'done') return messageId;
      if (edited === 'gone') return null;
      const [sent] = await messenger.sendFiles(to, [file]);
      await messenger.remove(to, [messageId]);
      return sent ?? null;
    },
  };
}

/** Edits a message. `gone`: the user deleted it; `closed`: Telegram no longer allows the edit. */
async function edit(call: ReturnType<Api['editMessageText' | 'editMessageMedia']>) {
  try {
    await call;
    return 'done';
  } catch (error) {
    if (isNotModified(error)) return 'done';
    const { description } = error instanceof GrammyError ? error : { description: '' };
    if (/message to edit not found|MESSAGE_ID_INVALID/i.test(description)) return 'gone';
    if (/message can't be edited|no text in the message/i.test(description)) return 'closed';
    throw toDeliveryError(error);
  }
}
