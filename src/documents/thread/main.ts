/** The thread on which documents are written; `DocumentThread` starts it. */
import { parentPort } from 'node:worker_threads';
import { renderDocument } from '../documents.ts';
import type { Answer, Order } from './messages.ts';

let previous: Promise<void> = Promise.resolve();

parentPort?.on('message', (order: Order) => {
  previous = previous.then(() => write(order));
});

async function write({ id, content, format, baseName }: Order): Promise<void> {
  try {
    const file = await renderDocument(content, format, baseName);
    // A copy of its own: the bytes may lie in a buffer that is shared with others.
    const bytes = new Uint8Array(file.bytes);
    answer({ id, file: { ...file, bytes } }, [bytes.buffer]);
  } catch (error) {
    answer({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function answer(message: Answer, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
