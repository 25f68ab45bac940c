import { sendBroadcasts } from './app/accounts/broadcast.ts';
import { repeat } from './sweeping.ts';
import type { Shared } from './wiring.ts';
import { within } from './within.ts';

/** Between two looks for an announcement to send, in milliseconds. */
const lookMs = 2_000;

/**
 * Between two messages of an announcement, in milliseconds: 20 a second, of the 30 that Telegram lets a bot send to
 * different chats (Bots FAQ, "My bot is hitting limits"), so that answers get through meanwhile. And before one that did
 * not go out is tried again.
 */
const pace = { gapMs: 50, pauseMs: 1_000 };

/** A message that is on its way when the process ends gets so long, in milliseconds. */
const closingMs = 2_000;

/** Sends the announcements that admins make, as long as nobody else does. @returns a function that stops it in order */
export function startAnnouncing(shared: Shared): () => Promise<void> {
  const leaving = new AbortController();
  const round = () => sendBroadcasts({ ...shared, pace }, leaving.signal);
  const stop = repeat('announcements', lookMs, round, shared.log);
  return async () => {
    leaving.abort();
    await within(closingMs, stop());
  };
}
