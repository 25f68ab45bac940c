import type { Logger } from 'pino';
import { runBulkChanges } from '../app/admin/bulk-change.ts';
import { sweepLanes, sweepOffers, sweepUnshown } from '../app/sweep.ts';
import { createBot, type DabirBot } from '../bot/bot.ts';
import { startBroadcasting } from '../features/broadcasts/index.ts';
import { type RoleConfig, telegramApiRoot } from '../runtime/config.ts';
import { runPeriodically } from '../runtime/periodic.ts';
import type { RunningRole } from '../runtime/role.ts';
import { callGuards } from '../telegram/api.ts';
import { startHeartbeat } from './heartbeat.ts';
import { receiveUpdates, type Updates } from './receive-updates.ts';
import { startWatching } from './standstill-watch.ts';
import type { Shared } from './wiring.ts';

/** Pause between two sweeps, in ms. */
const sweepMs = 5_000;

/** Pause between two looks for bulk changes that an admin ordered, in ms. */
const changeMs = 1_000;

/** Pause between two rounds that store past activity for the charts, in ms. */
const closeMs = 60_000;

/** Pause between two rounds that delete expired sign-ins and dialogs, in ms. */
const forgetMs = 10 * 60_000;

/**
 * Starts a bot on a migrated database. It takes updates, and repairs what crashes left behind.
 * Rejects with an Error in one sentence when Telegram refuses the token or cannot be reached.
 * @param refused called when Telegram refuses the token later; the bot is useless then
 */
export async function startBot(
  config: RoleConfig,
  shared: Shared,
  log: Logger,
  refused: (error: Error) => void,
): Promise<RunningRole & { readonly bot: DabirBot; readonly updates: Updates }> {
  const bot = createBot(config.BOT_TOKEN, telegramApiRoot(config), shared, ...callGuards(shared));
  await bot.initialise();
  const updates = await receiveUpdates(config, shared, bot, log, refused);
  const stopSweeping = runPeriodically('lanes', sweepMs, () => sweepLanes(shared), log);
  const stopBroadcasting = startBroadcasting(shared);
  const leaving = new AbortController();
  const changeMany = () => runBulkChanges(shared, leaving.signal);
  const stopChanging = runPeriodically('bulk changes', changeMs, changeMany, log);
  const stopClosing = runPeriodically('charts', closeMs, () => shared.charts.close(), log);
  const stopTelling = startHeartbeat(shared, 'bot');
  const stopWatching = startWatching(shared);
  const stopShowing = runPeriodically(
    'pickers',
    sweepMs,
    async () => {
      await sweepUnshown(shared);
      await sweepOffers(shared);
    },
    log,
  );
  const stopForgetting = runPeriodically('sign-ins', forgetMs, () => shared.adminPage.signIns.prune(), log);
  const stopEnding = runPeriodically('dialogs', forgetMs, shared.dialogs.prune, log);
  const stopPruning = runPeriodically('turns', forgetMs, shared.turns.prune, log);
  return {
    bot,
    updates,
    async stop() {
      leaving.abort();
      await Promise.all([
        updates.stop(),
        stopSweeping(),
        stopShowing(),
        stopForgetting(),
        stopEnding(),
        stopPruning(),
        stopBroadcasting(),
        stopChanging(),
        stopClosing(),
        stopTelling(),
        stopWatching(),
      ]);
    },
  };
}
