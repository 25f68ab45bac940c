import { setTimeout as sleep } from 'node:timers/promises';
import type { TokenBackend } from '../../src/queue/backend.ts';
import { queueName } from '../../src/queue/token.ts';
import type { Violation } from './invariants.ts';

/**
 * Time limit in ms. Workers take remaining tokens, and BullMQ drops those of dead workers
 * (src/queue/backend.ts), well within it.
 */
const goneWithinMs = 60_000;

/** Checks that no token is left in BullMQ. */
export async function noTokenIsLeft(tokens: TokenBackend): Promise<Violation[]> {
  const queue = tokens.queue(queueName('local'));
  try {
    for (const end = performance.now() + goneWithinMs; ; await sleep(500)) {
      const counts = await queue.getJobCounts();
      if (Object.values(counts).every((count) => count === 0)) return [];
      if (performance.now() > end)
        return [{ promise: 'nothing is left behind', what: `tokens: ${JSON.stringify(counts)}` }];
    }
  } finally {
    await queue.close();
  }
}
