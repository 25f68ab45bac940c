import type { UserId } from '../domain/ids.ts';
import type { Replies } from './ports/answers.ts';
import type { Lanes } from './ports/lanes.ts';
import type { Log } from './ports/operations.ts';
import { refreshWaiting } from './refresh-waiting.ts';

/** Places in a lane that moves faster than this are not worth an edit each, in milliseconds. */
const rhythmMs = 4_000;

/** Tells people their new places in a humane rhythm: once, a little after their lane began to move. */
export type Places = {
  /** The lane of this person has moved. */
  moved(userId: UserId): void;
  /** Tells nobody any more. */
  close(): void;
};

export function createPlaces(dependencies: { lanes: Lanes; replies: Replies; log: Log }): Places {
  const timers = new Map<UserId, NodeJS.Timeout>();
  const closing = new AbortController();
  return {
    moved(userId) {
      if (timers.has(userId)) return;
      const tell = () => {
        timers.delete(userId);
        void refreshWaiting(dependencies, userId, closing.signal);
      };
      timers.set(userId, setTimeout(tell, rhythmMs));
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      closing.abort();
    },
  };
}
