import type { DueTask } from '../../runtime/due-tasks.ts';
import { type BroadcastDependencies, sendBroadcasts } from './send-broadcasts.ts';

/**
 * Pauses of a broadcast, in ms. `gapMs` is between two messages: 20 a second of the 30 that
 * Telegram lets a bot send to different chats (Bots FAQ, "My bot is hitting limits"), so that
 * answers still get through. `pauseMs` is before a message that failed is sent again.
 */
const timing = { gapMs: 50, pauseMs: 1_000 };

/** Time that a message in flight has at the end of the process, in ms. */
const closingMs = 2_000;

/** Returns the task that sends the broadcasts of admins; only one process sends each. */
export function broadcasting(dependencies: Omit<BroadcastDependencies, 'timing'>): DueTask {
  return { round: (leaving) => sendBroadcasts({ ...dependencies, timing }, leaving), closingMs };
}
