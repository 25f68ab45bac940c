import type { Logger } from 'pino';
import { startAnnouncing } from './announcing.ts';
import { sweepLanes, sweepOffers, sweepUnshown } from './app/sweep.ts';
import { createBot, type DabirBot } from './bot/bot.ts';
import { type RoleConfig, telegramApiRoot } from './config.ts';
import { receiveUpdates, type Updates } from './receive-updates.ts';
import { reportProcess } from './report-process.ts';
import type { Role } from './role.ts';
import { repeat } from './sweeping.ts';
import { callGuards } from './telegram/api.ts';
import { startWatching } from './watching.ts';
import type { Shared } from './wiring.ts';

/** Between two rounds of mending, in milliseconds. */
const sweepMs = 5_000;

/** What was done in the past is written down so often, for charts, in milliseconds. */
const closeMs = 60_000;

/** Between two rounds of forgetting who was signed in, in milliseconds. */
const forgetMs = 10 * 60_000;

/**
 * Starts a bot on a migrated database: it takes updates, and mends what deaths left behind. Rejects with an Error in
 * one sentence when Telegram does not know it.
 * @param refused called when Telegram refuses the token later on; without updates the bot is of no use
 */
export async function startBot(
  config: RoleConfig,
  shared: Shared,
  log: Logger,
  refused: (error: Error) => void,
): Promise<Role & { readonly bot: DabirBot; readonly updates: Updates }> {
  const bot = createBot(config.BOT_TOKEN, telegramApiRoot(config), shared, ...callGuards(shared));
  await bot.initialise();
  const updates = await receiveUpdates(config, shared, bot, log, refused);
  const stopSweeping = repeat('lanes', sweepMs, () => sweepLanes(shared), log);
  const stopAnnouncing = startAnnouncing(shared);
  const stopClosing = repeat('charts', closeMs, () => shared.charts.close(), log);
  const stopTelling = reportProcess(shared, 'bot');
  const stopWatching = startWatching(shared);
  const stopShowing = repeat(
    'pickers',
    sweepMs,
    async () => {
      await sweepUnshown(shared);
      await sweepOffers(shared);
    },
    log,
  );
  const stopForgetting = repeat('sign-ins', forgetMs, () => shared.adminPage.signIns.prune(), log);
  const stopEnding = repeat('dialogs', forgetMs, shared.dialogs.prune, log);
  const stopPruning = repeat('turns', forgetMs, shared.turns.prune, log);
  return {
    bot,
    updates,
    async stop() {
      await Promise.all([
        updates.stop(),
        stopSweeping(),
        stopShowing(),
        stopForgetting(),
        stopEnding(),
        stopPruning(),
        stopAnnouncing(),
        stopClosing(),
        stopTelling(),
        stopWatching(),
      ]);
    },
  };
}
