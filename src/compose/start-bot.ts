import type { Logger } from 'pino';
import { runBulkChanges } from '../app/admin/bulk-change.ts';
import { sweepLanes, sweepUnshown } from '../app/sweep.ts';
import { createBot, type DabirBot } from '../bot/bot.ts';
import { broadcasting, isBroadcastDue } from '../features/broadcasts/index.ts';
import { isBurstAhead, isBurstDue, showDueBursts } from '../features/bursts/index.ts';
import { isNotePruneDue, isReminderDue, pruneNotes, sendReminders } from '../features/secretary/index.ts';
import { type RoleConfig, telegramApiRoot } from '../runtime/config.ts';
import { createPeriodicWork } from '../runtime/periodic-work.ts';
import type { RunningRole } from '../runtime/role.ts';
import { isBulkChangeDue, isBulkChangeOpen } from '../store/admin/bulk-changes.ts';
import { isPickerDue, isSweepDue } from '../store/lanes.ts';
import { callGuards } from '../telegram/api.ts';
import { startDueWork } from './due-work.ts';
import { startHeartbeat } from './heartbeat.ts';
import { receiveUpdates, type Updates } from './receive-updates.ts';
import type { Shared } from './shared.ts';
import { startWatching } from './standstill-watch.ts';

/** Minimum time between two sweeps, in ms. */
const sweepIntervalMs = 5_000;

/** Pause between two rounds that store past activity for the charts, in ms. */
const chartIntervalMs = 60_000;
/** Interval between deletions of expired notes of connected accounts, in ms. */
const notePruneIntervalMs = 60_000;

/** Pause between two rounds that delete expired sign-ins and dialogs, in ms. */
const pruneIntervalMs = 10 * 60_000;

/**
 * Starts a bot on a migrated database. It takes updates, and repairs what crashes left behind.
 * Rejects with an Error in one sentence when Telegram refuses the token or cannot be reached.
 * @param refused called when Telegram refuses the token later; the bot gets no more updates then
 * @param intervals intervals of periodic work in place of the usual ones, by name, in ms
 */
export async function startBot(
  config: RoleConfig,
  shared: Shared,
  log: Logger,
  refused: (error: Error) => void,
  intervals?: Readonly<Record<string, number>>,
): Promise<RunningRole & { readonly bot: DabirBot; readonly updates: Updates }> {
  const bot = createBot(config.BOT_TOKEN, telegramApiRoot(config), shared, ...callGuards(shared));
  await bot.initialise();
  const periodic = createPeriodicWork(log, intervals);
  const updates = await receiveUpdates(bot, config, { overview: shared.overview, periodic, log, refused });
  startDueWork(
    periodic,
    shared,
    {
      lanes: { isDue: isSweepDue, round: () => sweepLanes(shared), minIntervalMs: sweepIntervalMs },
      pickers: { isDue: isPickerDue, round: () => sweepUnshown(shared), minIntervalMs: sweepIntervalMs },
      bursts: { isDue: isBurstDue, round: () => showDueBursts(shared) },
      'bursts ahead': { isDue: isBurstAhead, round: async () => undefined, hastens: true },
      reminders: { isDue: isReminderDue, round: () => sendReminders(shared), minIntervalMs: sweepIntervalMs },
      notes: { isDue: isNotePruneDue, round: () => pruneNotes(shared), minIntervalMs: notePruneIntervalMs },
      'bulk changes': { isDue: isBulkChangeDue, round: (leaving) => runBulkChanges(shared, leaving) },
      // A change is found before its delay is over, and then begins within a second.
      'bulk changes ahead': { isDue: isBulkChangeOpen, round: async () => undefined, hastens: true },
      broadcasts: { isDue: isBroadcastDue, ...broadcasting(shared) },
    },
    'every other second',
  );
  periodic.every('charts', chartIntervalMs, () => shared.charts.storeFinishedPeriods());
  periodic.every('sign-ins', pruneIntervalMs, () => shared.adminPage.signIns.prune());
  periodic.every('dialogs', pruneIntervalMs, shared.dialogs.prune);
  periodic.every('turns', pruneIntervalMs, shared.turns.prune);
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
