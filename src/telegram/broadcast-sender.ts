import type { MessageEntity } from 'grammy/types';
import type { BroadcastSender } from '../app/ports/broadcast-sender.ts';
import type { Texts } from '../texts/texts.ts';
import { createApi, type TelegramSettings, toDeliveryError } from './api.ts';

/** Sends the messages of broadcasts through the Bot API. Every failure is a DeliveryError. */
export function createBroadcastSender(settings: TelegramSettings, texts: Texts): BroadcastSender {
  const api = createApi(settings, 'long');
  return {
    async send({ id, languageCode }, { text, entities }) {
      const off = {
        text: texts(languageCode, 'button-broadcasts-off'),
        callback_data: 'broadcasts:off',
      };
      await api
        .sendMessage(id, text, {
          // Telegram's own entities, as the admin's message had them.
          entities: [...entities] as MessageEntity[],
          reply_markup: { inline_keyboard: [[off]] },
        })
        .catch((error) => {
          throw toDeliveryError(error);
        });
    },
    async tellDone(madeBy, result) {
      await api
        .sendMessage(madeBy.id, texts(madeBy.languageCode, 'admin-chat-broadcast-done', result))
        .catch((error) => {
          throw toDeliveryError(error);
        });
    },
  };
}
