import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from './stage.ts';

/**
 * Time within which every worker has to claim a file after a blow, in ms: a start, a lapsed lease, a token
 * that is sent again.
 */
const wakeMs = 45_000;

/**
 * Waits until every running worker has claimed a file since `since`, while users continue to send.
 * @returns the names of those that did not: deaf ones
 */
export async function deafWorkers({ workers }: Stage, since: number): Promise<string[]> {
  const isAwake = (index: number) => {
    const life = workers[index]?.life;
    return life?.taken.some(({ at }) => at > Math.max(since, life.startedAt)) === true;
  };
  for (let waited = 0; waited < wakeMs; waited += 100) {
    if (workers.every((_, index) => isAwake(index))) return [];
    await sleep(100);
  }
  return workers.filter((_, index) => !isAwake(index)).map(({ name }) => name);
}
