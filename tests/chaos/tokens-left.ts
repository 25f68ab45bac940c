import { setTimeout as sleep } from 'node:timers/promises';
import type { TokenBackend } from '../../src/queue/backend.ts';
import { queueName } from '../../src/queue/token.ts';
import type { Violation } from './invariants.ts';

/** Workers take what is left within so long, in milliseconds. */
const takenWithinMs = 20_000;

/** BullMQ gives back the tokens of killed workers by then: a lock of 30 s, and two looks that are 30 s apart. */
const givenBackWithinMs = 120_000;

/**
 * No token waits in BullMQ, when workers have had the time to take them.
 * @param patient whether to wait also for those that died with their workers
 */
export async function noTokenIsLeft(tokens: TokenBackend, patient: boolean): Promise<Violation[]> {
  const queue = tokens.queue(queueName('local'));
  try {
    const end = performance.now() + (patient ? givenBackWithinMs : takenWithinMs);
    for (;;) {
      const { active = 0, ...others } = await queue.getJobCounts();
      const left = Object.values(others).reduce((sum, count) => sum + count, patient ? active : 0);
      if (left === 0) return [];
      if (performance.now() > end)
        return [
          { promise: 'nothing is left behind', what: `tokens: ${JSON.stringify({ active, ...others })}` },
        ];
      await sleep(500);
    }
  } finally {
    await queue.close();
  }
}
