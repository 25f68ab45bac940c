import type { Api } from 'grammy';
import type { InlineKeyboardMarkup, MessageEntity } from 'grammy/types';
import { DeliveryError, type Replies } from '../app/ports/answers.ts';
import type { StatusView } from '../domain/status.ts';
import type { Texts } from '../texts/texts.ts';
import { createApi, isMessageGone, isNotModified, type TelegramSettings, toDeliveryError } from './api.ts';
import { asReply, attempt, inThread, noPreview } from './attempt.ts';
import { entitiesOf } from './entities.ts';
import { createNamedFile } from './named-file.ts';
import { renderStatus } from './status-message.ts';

/** Views that report an ending and must arrive. All others are progress. */
const endings: ReadonlySet<StatusView['kind']> = new Set(['cancelled', 'completed', 'failed', 'deleted']);

/** Sends answers through the Bot API. Every failure is a DeliveryError. */
export function createReplies(settings: TelegramSettings, texts: Texts): Replies {
  const { rateLimiter } = settings;
  const api = {
    progress: createApi(settings, 'none'),
    picker: createApi(settings, 'short'),
    text: createApi(settings, 'long'),
    files: createApi(settings, 'upload'),
  };
  return {
    async showStatus(to, view) {
      const { text, keyboard } = renderStatus(texts, to.languageCode, to.id, view, to.engine);
      if (to.statusMessageId === null) {
        const message = await attempt(
          (view.kind === 'choosing' ? api.picker : api.text).sendMessage(to.chatId, text, {
            ...asReply(to),
            ...noPreview,
            reply_markup: keyboard,
          }),
        );
        return message.message_id;
      }
      return edit(
        endings.has(view.kind) ? api.text : api.progress,
        to.chatId,
        to.statusMessageId,
        text,
        keyboard,
      );
    },

    async sendText(to, message) {
      const send = (entities: MessageEntity[]) =>
        attempt(
          api.text.sendMessage(to.chatId, message.text, {
            ...asReply(to),
            ...noPreview,
            ...(entities.length > 0 && { entities }),
          }),
        );
      const entities = entitiesOf(message);
      const sent = await send(entities).catch((error) => {
        // Telegram counts the offsets of some texts differently; a plain text is better than none.
        const isRefused = error instanceof DeliveryError && error.kind === 'refused';
        if (isRefused && entities.length > 0) return send([]);
        throw error;
      });
      return sent.message_id;
    },

    async sendFiles(to, files) {
      const media = files.map(({ fileName, bytes }) => ({
        type: 'document' as const,
        media: createNamedFile(bytes, fileName),
      }));
      const [only] = media;
      // An album has two to ten files (Bot API, `sendMediaGroup`).
      if (media.length === 1 && only !== undefined) {
        const message = await attempt(api.files.sendDocument(to.chatId, only.media, asReply(to)));
        return [message.message_id];
      }
      const messages = await attempt(api.files.sendMediaGroup(to.chatId, media, asReply(to)));
      return messages.map(({ message_id }) => message_id);
    },

    async remove(to, messageIds) {
      // A hundred at a time (Bot API, `deleteMessages`).
      for (let start = 0; start < messageIds.length; start += 100) {
        const lot = messageIds.slice(start, start + 100);
        try {
          await api.text.deleteMessages(to.chatId, lot);
        } catch (error) {
          // Telegram refuses to delete messages older than two days.
          if (toDeliveryError(error).kind !== 'refused') throw toDeliveryError(error);
        }
      }
    },

    whenSpare: ({ chatId }, signal) => rateLimiter.waitForIdle('editMessageText', chatId, signal),

    async showActivity(to, activity) {
      if (rateLimiter.spareIn('sendChatAction', to.chatId) > 0) return;
      await api.progress.sendChatAction(to.chatId, activity, inThread(to)).catch(() => undefined);
    },
  };
}

async function edit(
  api: Api,
  chatId: number,
  messageId: number,
  text: string,
  keyboard: InlineKeyboardMarkup,
): Promise<number | null> {
  try {
    await api.editMessageText(chatId, messageId, text, { ...noPreview, reply_markup: keyboard });
    return messageId;
  } catch (error) {
    if (isNotModified(error)) return messageId;
    if (isMessageGone(error)) return null;
    throw toDeliveryError(error);
  }
}
