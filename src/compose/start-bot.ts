import type { Logger } from 'pino';
import { runBulkChanges } from '../app/admin/bulk-change.ts';
import { sweepLanes, sweepOffers, sweepUnshown } from '../app/lane/sweep.ts';
import { createBot, type DabirBot } from '../bot/bot.ts';
import { startBroadcasting } from '../features/broadcasts/index.ts';
import { type RoleConfig, telegramApiRoot } from '../runtime/config.ts';
import { createPeriodicWork } from '../runtime/periodic-work.ts';
import type { RunningRole } from '../runtime/role.ts';
import { callGuards } from '../telegram/api.ts';
import { startHeartbeat } from './heartbeat.ts';
import { receiveUpdates, type Updates } from './receive-updates.ts';
import type { Shared } from './shared.ts';
import { startWatching } from './standstill-watch.ts';

/** Pause between two sweeps, in ms. */
const sweepIntervalMs = 5_000;

/** Pause between two looks for bulk changes that an admin ordered, in ms. */
const changeIntervalMs = 1_000;

/** Pause between two rounds that store past activity for the charts, in ms. */
const closeIntervalMs = 60_000;

/** Pause between two rounds that delete expired sign-ins and dialogs, in ms. */
const pruneIntervalMs = 10 * 60_000;

/**
 * Starts a bot on a migrated database. It takes updates, and repairs what crashes left behind.
 * Rejects with an Error in one sentence when Telegram refuses the token or cannot be reached.
 * @param refused called when Telegram refuses the token later; the bot gets no more updates then
 */
export async function startBot(
  config: RoleConfig,
  shared: Shared,
  log: Logger,
  refused: (error: Error) => void,
): Promise<RunningRole & { readonly bot: DabirBot; readonly updates: Updates }> {
  const bot = createBot(config.BOT_TOKEN, telegramApiRoot(config), shared, ...callGuards(shared));
  await bot.initialise();
  const periodic = createPeriodicWork(log);
  const updates = await receiveUpdates(bot, config, { overview: shared.overview, periodic, log, refused });
  periodic.every('lanes', sweepIntervalMs, () => sweepLanes(shared));
  periodic.every('pickers', sweepIntervalMs, async () => {
    await sweepUnshown(shared);
    await sweepOffers(shared);
  });
  periodic.every('bulk changes', changeIntervalMs, (leaving) => runBulkChanges(shared, leaving));
  periodic.every('charts', closeIntervalMs, () => shared.charts.close());
  periodic.every('sign-ins', pruneIntervalMs, () => shared.adminPage.signIns.prune());
  periodic.every('dialogs', pruneIntervalMs, shared.dialogs.prune);
  periodic.every('turns', pruneIntervalMs, shared.turns.prune);
  startBroadcasting(periodic, shared);
  startHeartbeat(periodic, shared, 'bot');
  startWatching(periodic, shared);
  return {
    bot,
    updates,
    async stop() {
      await Promise.all([periodic.stop(), updates.stop()]);
    },
  };
}
