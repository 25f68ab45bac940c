/** Entry point of the thread that writes documents; `DocumentThread` starts it. */
import type { DocumentFile } from '../../domain/document.ts';
import { serve } from '../../threads/serve.ts';
import { renderDocuments } from '../documents.ts';
import { unpackParagraphs } from './packed-paragraphs.ts';
import type { DocumentRequest } from './request.ts';

serve<DocumentRequest, DocumentFile[]>(async ({ content, paragraphs, formats, baseName }) => {
  const whole = { ...content, paragraphs: unpackParagraphs(paragraphs) };
  const written = await renderDocuments(whole, formats, baseName);
  const files = written.map((file) => ({ ...file, bytes: transferable(file.bytes) }));
  return { result: files, transfer: files.map(({ bytes }) => bytes.buffer) };
});

/** Returns the bytes in a buffer of their own: a short file may lie in a pooled one, which must not be transferred. */
function transferable(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}
