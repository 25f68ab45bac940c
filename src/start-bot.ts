import type { Logger } from 'pino';
import { sweepLanes, sweepUnshown } from './app/sweep.ts';
import { createBot, type DabirBot } from './bot/bot.ts';
import { poll } from './bot/polling.ts';
import { type RoleConfig, telegramApiRoot } from './config.ts';
import type { Role } from './role.ts';
import { repeat } from './sweeping.ts';
import type { Shared } from './wiring.ts';

/** Between two rounds of mending, in milliseconds. */
const sweepMs = 5_000;

/**
 * Starts a bot on a migrated database: it polls, and mends what deaths left behind. Rejects with an Error in one
 * sentence when Telegram does not know it.
 * @param refused called when Telegram refuses the token later on; without updates the bot is of no use
 */
export async function startBot(
  config: RoleConfig,
  shared: Shared,
  log: Logger,
  refused: (error: Error) => void,
): Promise<Role & { readonly bot: DabirBot }> {
  const bot = createBot(config.BOT_TOKEN, telegramApiRoot(config), shared);
  await bot.initialise();
  const polling = new AbortController();
  const databaseAnswers = () =>
    shared.database.$queryRaw`SELECT 1`.then(
      () => true,
      () => false,
    );
  const polled = poll(bot, polling.signal, log, databaseAnswers).catch(refused);
  const stopSweeping = repeat('lanes', sweepMs, () => sweepLanes(shared), log);
  const stopShowing = repeat('pickers', sweepMs, () => sweepUnshown(shared), log);
  return {
    bot,
    async stop() {
      polling.abort();
      await Promise.all([polled, stopSweeping(), stopShowing()]);
    },
  };
}
