import type { TellAdmin } from '../app/operations/tell-admins.ts';
import { noticeText } from '../texts/standstills/standstills.ts';
import type { Texts } from '../texts/texts.ts';
import { createApi, type TelegramSettings, toDeliveryError } from './api.ts';

/** Tells admins what stands still, through the Bot API. @param timeZone for the times that they read */
export function createTellAdmin(settings: TelegramSettings, texts: Texts, timeZone: string): TellAdmin {
  // A watch that waits for Telegram would be taken over.
  const api = createApi(settings, 'short');
  return async (notice) => {
    const { id, languageCode } = notice.to;
    const mute = { text: texts(languageCode, 'button-alerts-off'), callback_data: 'alerts:off' };
    const buttons = notice.kind === 'over' ? [] : [[mute]];
    await api
      .sendMessage(id, noticeText(texts, notice, timeZone), { reply_markup: { inline_keyboard: buttons } })
      .catch((error) => {
        throw toDeliveryError(error);
      });
  };
}
