/** Entry point of the thread that writes documents; `DocumentThread` starts it. */
import type { DocumentFile } from '../../domain/document.ts';
import { serve } from '../../threads/serve.ts';
import { renderDocuments } from '../documents.ts';
import type { DocumentOrder } from './order.ts';
import { unpackParagraphs } from './packed-paragraphs.ts';

serve<DocumentOrder, DocumentFile[]>(async ({ content, paragraphs, formats, baseName }) => {
  const whole = { ...content, paragraphs: unpackParagraphs(paragraphs) };
  const files = await renderDocuments(whole, formats, baseName);
  const answer = files.map((file) => ({ ...file, bytes: transferable(file.bytes) }));
  return { answer, transfer: answer.map(({ bytes }) => bytes.buffer) };
});

/** Returns the bytes in a buffer of their own: a short file may lie in a pooled one, which must not be transferred. */
function transferable(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}
