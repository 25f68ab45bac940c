import { parentPort } from 'node:worker_threads';
import type { ThreadMessage, ThreadRequest } from './messages.ts';

/** A result, and the buffers that are transferred with it. */
export type ResultWithTransfer<Result> = {
  readonly result: Result;
  readonly transfer?: readonly ArrayBuffer[];
};

/** Handles the requests of an `OnDemandThread`. Call it once, on that thread. */
export function serve<Request, Result>(
  work: (request: Request) => ResultWithTransfer<Result> | Promise<ResultWithTransfer<Result>>,
): void {
  const post = (message: ThreadMessage<Result>, transfer: readonly ArrayBuffer[] = []) =>
    parentPort?.postMessage(message, [...transfer]);
  parentPort?.on('message', async ({ request }: ThreadRequest<Request>) => {
    try {
      const { result, transfer } = await work(request);
      post({ kind: 'result', result }, transfer);
    } catch (error) {
      post({ kind: 'error', error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  post({ kind: 'started' });
}
