import { parentPort } from 'node:worker_threads';
import type { Question, Saying } from './messages.ts';

/** An answer, and the buffers that are handed over with it. */
export type Answered<Answer> = { readonly answer: Answer; readonly transfer?: readonly ArrayBuffer[] };

/** Answers the questions of an `OnDemandThread`. Called once, on that thread. */
export function serve<Order, Answer>(
  work: (order: Order) => Answered<Answer> | Promise<Answered<Answer>>,
): void {
  const say = (saying: Saying<Answer>, transfer: readonly ArrayBuffer[] = []) =>
    parentPort?.postMessage(saying, [...transfer]);
  parentPort?.on('message', async ({ order }: Question<Order>) => {
    try {
      const { answer, transfer } = await work(order);
      say({ kind: 'answer', answer }, transfer);
    } catch (error) {
      say({ kind: 'error', error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  say({ kind: 'started' });
}
