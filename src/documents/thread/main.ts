/** The thread on which documents are written; `DocumentThread` starts it. */
import { parentPort } from 'node:worker_threads';
import { renderDocument } from '../documents.ts';
import type { Answer, Order } from './messages.ts';
import { unpack } from './packed.ts';

let previous: Promise<void> = Promise.resolve();

parentPort?.on('message', (order: Order) => {
  previous = previous.then(() => write(order));
});

async function write({ id, content, paragraphs, format, baseName }: Order): Promise<void> {
  try {
    const file = await renderDocument({ ...content, paragraphs: unpack(paragraphs) }, format, baseName);
    // Short ones may lie in a buffer that is shared with others: those are copied.
    const isAlone = file.bytes.byteLength === file.bytes.buffer.byteLength;
    const bytes = isAlone ? file.bytes : new Uint8Array(file.bytes);
    answer({ id, file: { ...file, bytes } }, [bytes.buffer]);
  } catch (error) {
    answer({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function answer(message: Answer, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
