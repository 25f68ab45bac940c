import { waitAtMost } from '../../lib/wait-at-most.ts';
import { runPeriodically } from '../../runtime/periodic.ts';
import { type BroadcastDependencies, sendBroadcasts } from './send-broadcasts.ts';

/** Pause between two looks for a broadcast to send, in ms. */
const pollIntervalMs = 2_000;

/**
 * Pauses of a broadcast, in ms. `gapMs` is between two messages: 20 a second of the 30 that
 * Telegram lets a bot send to different chats (Bots FAQ, "My bot is hitting limits"), so that
 * answers still get through. `pauseMs` is before a message that failed is sent again.
 */
const pace = { gapMs: 50, pauseMs: 1_000 };

/** Time that a message in flight has at the end of the process, in ms. */
const closingMs = 2_000;

/**
 * Sends the broadcasts of admins; only one process sends each.
 * @returns a function that stops it in order
 */
export function startBroadcasting(dependencies: Omit<BroadcastDependencies, 'pace'>): () => Promise<void> {
  const leaving = new AbortController();
  const round = () => sendBroadcasts({ ...dependencies, pace }, leaving.signal);
  const stop = runPeriodically('broadcasts', pollIntervalMs, round, dependencies.log);
  return async () => {
    leaving.abort();
    await waitAtMost(closingMs, stop());
  };
}
