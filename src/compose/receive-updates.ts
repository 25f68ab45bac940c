import type { Logger } from 'pino';
import type { Overview } from '../app/ports/overview.ts';
import type { DabirBot } from '../bot/bot.ts';
import { checkWebhook, UpdateIntake } from '../bot/intake.ts';
import { pollUpdates } from '../bot/polling.ts';
import { createReceiver } from '../bot/webhook.ts';
import { createWebhookAddress, webhookPath, webhookSecret } from '../bot/webhook-address.ts';
import { type RoleConfig, telegramApiRoot } from '../runtime/config.ts';
import type { PeriodicWork } from '../runtime/periodic-work.ts';
import type { UpdateReceiver } from '../web/webhook.ts';

/** The running intake of updates. */
export type Updates = {
  /** The webhook's receiver; null when the bot polls. */
  readonly web: UpdateReceiver | null;
  /** Throws an Error in a few words while no updates can arrive, or while one hangs. */
  check(): void;
  stop(): Promise<void>;
};

export type ReceiveUpdatesDependencies = {
  overview: Pick<Overview, 'ping'>;
  periodic: PeriodicWork;
  log: Logger;
  /** Called when Telegram refuses the token later. */
  refused(error: Error): void;
};

/** Pause between two checks of the webhook's address, in ms. */
const pollIntervalMs = 20_000;

/**
 * Starts to receive updates: by long polling, or with UPDATES=webhook at PUBLIC_URL. Telegram is
 * set up as the configuration says. Without UPDATES, a webhook that is already set may belong to
 * another program, which polling would cut off, so the start fails.
 * @throws Error in one sentence
 */
export async function receiveUpdates(
  bot: DabirBot,
  config: RoleConfig,
  { overview, periodic, log, refused }: ReceiveUpdatesDependencies,
): Promise<Updates> {
  const isDatabaseReachable = () =>
    overview.ping().then(
      () => true,
      () => false,
    );
  const intake = new UpdateIntake();
  const address = createWebhookAddress(config.BOT_TOKEN, telegramApiRoot(config));
  const { url } = await address.show();
  if (config.UPDATES === 'webhook' && config.PUBLIC_URL !== null) {
    const secret = webhookSecret(config.BOT_TOKEN, config.WEBHOOK_SECRET);
    await address.set(config.PUBLIC_URL, secret);
    const receiver = createReceiver({ handle: intake.watched(bot.handle) }, log, isDatabaseReachable);
    const ours = config.PUBLIC_URL + webhookPath;
    // Deliveries go to any bot process, and for hours there may be none: only Telegram's record shows
    // the address.
    periodic.every('webhook', pollIntervalMs, () => checkWebhook(address, ours, intake));
    return {
      web: { path: webhookPath, secret, receive: receiver.receive },
      check: () => intake.check(),
      stop: receiver.waitUntilIdle,
    };
  }
  if (url !== null) {
    if (config.UPDATES === null)
      throw new Error(
        `Telegram delivers this bot's updates to a webhook at ${new URL(url).host}. Set UPDATES=webhook to take them ` +
          'there, or UPDATES=polling to remove it.',
      );
    await address.remove();
    log.info({ host: new URL(url).host }, 'webhook removed; updates are polled');
  }
  const leaving = new AbortController();
  const polled = pollUpdates(bot, leaving.signal, log, isDatabaseReachable, intake).catch(refused);
  return {
    web: null,
    check: () => intake.check(),
    async stop() {
      leaving.abort();
      await polled;
    },
  };
}
