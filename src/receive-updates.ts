import type { Logger } from 'pino';
import type { DabirBot } from './bot/bot.ts';
import { poll } from './bot/polling.ts';
import { createReceiver } from './bot/webhook.ts';
import { webhookAddress, webhookPath, webhookSecret } from './bot/webhook-address.ts';
import { type RoleConfig, telegramApiRoot } from './config.ts';
import type { UpdateReceiver } from './web/webhook.ts';
import type { Shared } from './wiring.ts';

/** How updates come in; `web`: what takes them there, null for polling. */
export type Updates = { readonly web: UpdateReceiver | null; stop(): Promise<void> };

/**
 * Begins to take updates: by long polling, or, with UPDATES=webhook, as Telegram delivers them to PUBLIC_URL. What is
 * chosen in the configuration is made so at Telegram; without a choice a webhook that is set is somebody's, and polling
 * would take its updates away.
 * @param refused called when Telegram refuses the token later on
 * @throws Error in one sentence
 */
export async function receiveUpdates(
  config: RoleConfig,
  { overview }: Pick<Shared, 'overview'>,
  bot: DabirBot,
  log: Logger,
  refused: (error: Error) => void,
): Promise<Updates> {
  const databaseAnswers = () =>
    overview.answers().then(
      () => true,
      () => false,
    );
  const address = webhookAddress(config.BOT_TOKEN, telegramApiRoot(config));
  const { url } = await address.show();
  if (config.UPDATES === 'webhook' && config.PUBLIC_URL !== null) {
    const secret = webhookSecret(config.BOT_TOKEN, config.WEBHOOK_SECRET);
    await address.set(config.PUBLIC_URL, secret);
    const receiver = createReceiver(bot, log, databaseAnswers);
    return { web: { path: webhookPath, secret, receive: receiver.receive }, stop: receiver.idle };
  }
  if (url !== null) {
    if (config.UPDATES === null)
      throw new Error(
        `Telegram delivers this bot's updates to a webhook at ${new URL(url).host}. Set UPDATES=webhook to take them ` +
          'there, or UPDATES=polling to remove it.',
      );
    await address.remove();
    log.info({ host: new URL(url).host }, 'the webhook was removed: updates are polled');
  }
  const leaving = new AbortController();
  const polled = poll(bot, leaving.signal, log, databaseAnswers).catch(refused);
  return {
    web: null,
    async stop() {
      leaving.abort();
      await polled;
    },
  };
}
