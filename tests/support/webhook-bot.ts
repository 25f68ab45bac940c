/**
 * A bot process behind a webhook: it gets Telegram's updates from its parent, `{ number, update }`, and
 * answers `{ handled: number }` when an update is handled, `{ refused: number }` when it has to be delivered
 * again.
 */
import type { Update } from 'grammy/types';
import { createBot } from '../../src/bot/bot.ts';
import { wireShared } from '../../src/compose/shared.ts';
import { loadConfig, requireRole, telegramApiRoot } from '../../src/runtime/config.ts';
import { loadEnvironment } from '../../src/runtime/environment.ts';
import { createLogger } from '../../src/runtime/log.ts';
import { runRole } from '../../src/runtime/role.ts';

await runRole(async () => {
  const config = requireRole(loadConfig(loadEnvironment()));
  const log = createLogger(config, 'bot');
  const shared = wireShared(config, log);
  const bot = createBot(config.BOT_TOKEN, telegramApiRoot(config), shared);
  await bot.initialise();
  process.on('message', (message) => {
    if (typeof message !== 'object' || message === null || !('update' in message)) return;
    const { number, update } = message as { number: number; update: Update };
    const handled = () => process.send?.({ handled: number });
    bot.handle(update, handled).then(handled, () => process.send?.({ refused: number }));
  });
  return { log, role: { stop: () => shared.close() } };
});
