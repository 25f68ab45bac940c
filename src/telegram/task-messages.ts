import type { InlineKeyboardMarkup } from 'grammy/types';
import type { TaskMessage, TaskMessages } from '../app/ports/task-messages.ts';
import {
  attempt,
  createApi,
  isEditImpossible,
  isNotModified,
  type TelegramSettings,
  toDeliveryError,
} from './api.ts';
import { noPreview } from './send-options.ts';

/** Sends and edits the messages of background tasks through the Bot API. */
export function createTaskMessages(settings: TelegramSettings): TaskMessages {
  const api = { progress: createApi(settings, 'none'), end: createApi(settings, 'long') };
  return {
    async showProgress({ userId, messageId }, message) {
      if (messageId === null || settings.rateLimiter.optionalWaitMs('editMessageText', userId) > 0) return;
      try {
        await api.progress.editMessageText(userId, messageId, message.text, contentOf(message));
      } catch (error) {
        if (!isNotModified(error) && !isEditImpossible(error)) throw toDeliveryError(error);
      }
    },

    async showEnd({ userId, messageId, replyToId }, message) {
      const content = contentOf(message);
      if (messageId !== null) {
        try {
          await api.end.editMessageText(userId, messageId, message.text, content);
          return messageId;
        } catch (error) {
          if (isNotModified(error)) return messageId;
          if (!isEditImpossible(error)) throw toDeliveryError(error);
        }
      }
      const sent = await attempt(
        api.end.sendMessage(userId, message.text, {
          ...content,
          reply_parameters: { message_id: replyToId, allow_sending_without_reply: true },
        }),
      );
      return sent.message_id;
    },
  };
}

function contentOf({ bold, rows }: TaskMessage) {
  const keyboard: InlineKeyboardMarkup = {
    inline_keyboard: rows.map((row) => row.map(({ text, data }) => ({ text, callback_data: data }))),
  };
  return {
    ...noPreview,
    ...(bold.length > 0 && { entities: bold.map((range) => ({ type: 'bold' as const, ...range })) }),
    reply_markup: keyboard,
  };
}
