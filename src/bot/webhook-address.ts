import { createHmac } from 'node:crypto';
import { Api } from 'grammy';
import { allowedUpdates } from './bot.ts';

/** Below the public address. Known to everybody: only the secret lets anybody in. */
export const webhookPath = '/telegram';

/** Deliveries at the same time, over all processes (Bot API, `setWebhook`: at most 100). */
const connections = 100;

/**
 * The word by which Telegram's deliveries are known. Without one of the operator's own it comes from the bot's token,
 * so that all processes agree and nobody else can tell it.
 */
export function webhookSecret(token: string, own: string | null): string {
  return own ?? createHmac('sha256', token).update('dabir webhook').digest('hex');
}

/** What Telegram is told, and says, of where updates go. Rejects with grammY's errors. */
export function webhookAddress(token: string, apiRoot: string) {
  const api = new Api(token, { apiRoot, timeoutSeconds: 10 });
  return {
    async set(publicUrl: string, secret: string): Promise<void> {
      await api.setWebhook(publicUrl + webhookPath, {
        secret_token: secret,
        max_connections: connections,
        allowed_updates: allowedUpdates,
      });
    },
    /** What has come meanwhile stays and is fetched by polling. */
    async remove(): Promise<void> {
      await api.deleteWebhook({ drop_pending_updates: false });
    },
    async show() {
      const { url, pending_update_count, last_error_date, last_error_message } = await api.getWebhookInfo();
      const lastError =
        last_error_date === undefined
          ? null
          : { at: new Date(last_error_date * 1000), message: last_error_message ?? '' };
      return { url: url === undefined || url === '' ? null : url, waiting: pending_update_count, lastError };
    },
  };
}
