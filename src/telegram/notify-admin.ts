import type { NotifyAdmin } from '../app/monitoring/notify-admins.ts';
import { renderNotice } from '../texts/standstills/standstills.ts';
import type { Texts } from '../texts/texts.ts';
import { createApi, type TelegramSettings, toDeliveryError } from './api.ts';

/**
 * Sends notices about standstills to admins through the Bot API.
 * @param timeZone IANA time zone of the times in the text
 */
export function createNotifyAdmin(settings: TelegramSettings, texts: Texts, timeZone: string): NotifyAdmin {
  // With a longer patience the watch's lease could end, and another process would take over.
  const api = createApi(settings, 'short');
  return async (notice) => {
    const { id, languageCode } = notice.to;
    const mute = { text: texts(languageCode, 'button-alerts-off'), callback_data: 'alerts:off' };
    const buttons = notice.kind === 'over' ? [] : [[mute]];
    await api
      .sendMessage(id, renderNotice(texts, notice, timeZone), { reply_markup: { inline_keyboard: buttons } })
      .catch((error) => {
        throw toDeliveryError(error);
      });
  };
}
