import type { UserId } from '../../domain/ids.ts';
import type { Lanes } from '../ports/lanes.ts';
import type { Log } from '../ports/log.ts';
import type { Messenger } from '../ports/messenger.ts';
import { refreshPositions } from './refresh-positions.ts';

/**
 * Delay between the first move of a lane and the update of its positions, in ms; further moves in that time need no
 * edits of their own.
 */
const refreshDelayMs = 4_000;

/** Updates the positions in status messages: once, `refreshDelayMs` after the first move of a lane. */
export type QueuePositions = {
  /** Reports that the lane of this user has moved. */
  refresh(userId: UserId): void;
  /** Stops all updates. */
  close(): void;
};

/** Creates the scheduler of this process's updates. */
export function createQueuePositions(dependencies: {
  lanes: Lanes;
  messenger: Messenger;
  log: Log;
}): QueuePositions {
  const timers = new Map<UserId, NodeJS.Timeout>();
  const closing = new AbortController();
  return {
    refresh(userId) {
      if (timers.has(userId)) return;
      const run = () => {
        timers.delete(userId);
        void refreshPositions(dependencies, userId, closing.signal);
      };
      timers.set(userId, setTimeout(run, refreshDelayMs));
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      closing.abort();
    },
  };
}
