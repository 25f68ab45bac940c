import type { UpdateCounts } from '../app/monitoring/readings.ts';
import { createApi, type TelegramSettings, toDeliveryError } from './api.ts';

/** Asks Telegram for the number of this bot's pending updates. Rejects with a DeliveryError. */
export function createUpdateCounts(settings: TelegramSettings): UpdateCounts {
  const api = createApi(settings, 'none');
  return async () => {
    const info = await api.getWebhookInfo().catch((error) => {
      throw toDeliveryError(error);
    });
    return {
      pending: info.pending_update_count,
      lastError:
        info.last_error_date === undefined
          ? null
          : { at: new Date(info.last_error_date * 1000), message: info.last_error_message ?? '' },
    };
  };
}
