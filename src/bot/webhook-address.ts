import { createHmac } from 'node:crypto';
import { Api } from 'grammy';
import { httpFetch } from '../lib/http-fetch.ts';
import { allowedUpdatesOf } from './bot.ts';

/** Path of the webhook below the public address. It is no secret: only the secret token admits a request. */
export const webhookPath = '/telegram';

/** Maximum number of parallel deliveries, over all processes (Bot API, `setWebhook`: at most 100). */
const connections = 100;

/**
 * Returns the secret token of Telegram's deliveries: the operator's own, or one derived from the
 * bot's token, so that all processes derive the same one and other programs cannot.
 */
export function webhookSecret(token: string, own: string | null): string {
  return own ?? createHmac('sha256', token).update('dabir webhook').digest('hex');
}

/** Creates the calls that set, remove and show the webhook's address. Rejects with grammY's errors. */
export function createWebhookAddress(token: string, apiRoot: string) {
  const api = new Api(token, { apiRoot, timeoutSeconds: 10, fetch: httpFetch });
  return {
    async set(publicUrl: string, secret: string): Promise<void> {
      await api.setWebhook(publicUrl + webhookPath, {
        secret_token: secret,
        max_connections: connections,
        allowed_updates: allowedUpdatesOf(await api.getMe()),
      });
    },
    /** Removes the webhook. Pending updates are kept, and are fetched by polling. */
    async remove(): Promise<void> {
      await api.deleteWebhook({ drop_pending_updates: false });
    },
    async show() {
      const { url, pending_update_count, last_error_date, last_error_message } = await api.getWebhookInfo();
      const lastError =
        last_error_date === undefined
          ? null
          : { at: new Date(last_error_date * 1000), message: last_error_message ?? '' };
      return {
        url: url === undefined || url === '' ? null : url,
        pendingUpdates: pending_update_count,
        lastError,
      };
    },
  };
}
