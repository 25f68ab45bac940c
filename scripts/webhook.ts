/**
 * `npm run webhook -- show|set|remove` shows, sets or removes the URL to which Telegram delivers the bot's
 * updates.
 */
import { createWebhookAddress, webhookSecret } from '../src/bot/webhook-address.ts';
import { loadConfig, requireRole, telegramApiRoot } from '../src/runtime/config.ts';
import { loadEnvironment } from '../src/runtime/environment.ts';

const [command = 'show'] = process.argv.slice(2);
try {
  const config = requireRole(loadConfig(loadEnvironment()));
  const address = createWebhookAddress(config.BOT_TOKEN, telegramApiRoot(config));
  switch (command) {
    case 'set':
      if (config.PUBLIC_URL === null)
        throw new Error('PUBLIC_URL is missing; Telegram delivers updates to it.');
      await address.set(config.PUBLIC_URL, webhookSecret(config.BOT_TOKEN, config.WEBHOOK_SECRET));
      break;
    case 'remove':
      await address.remove();
      break;
    case 'show':
      break;
    default:
      throw new Error('usage: npm run webhook -- show|set|remove');
  }
  const { url, pendingUpdates, lastError } = await address.show();
  process.stdout.write(`${url ?? 'no webhook: the bot polls'}\nwaiting updates: ${pendingUpdates}\n`);
  if (lastError !== null)
    process.stdout.write(`last trouble: ${lastError.message} (${lastError.at.toISOString()})\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
