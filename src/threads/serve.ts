import { parentPort } from 'node:worker_threads';
import type { Question, Saying } from './messages.ts';

/** A result, and the buffers that are transferred with it. */
export type Answered<Answer> = { readonly answer: Answer; readonly transfer?: readonly ArrayBuffer[] };

/** Handles the requests of an `OnDemandThread`. Call it once, on that thread. */
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
