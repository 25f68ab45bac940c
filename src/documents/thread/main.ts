/** Entry point of the thread that writes documents; `DocumentThread` starts it. */
import type { DocumentFile, DocumentParagraph } from '../../domain/document.ts';
import { unpack } from '../../threads/packed.ts';
import { serve } from '../../threads/serve.ts';
import { renderDocument } from '../documents.ts';
import type { DocumentOrder } from './order.ts';

serve<DocumentOrder, DocumentFile>(async ({ content, paragraphs, format, baseName }) => {
  const whole = { ...content, paragraphs: unpack<DocumentParagraph>(paragraphs) };
  const file = await renderDocument(whole, format, baseName);
  // A short file may lie in a pooled buffer, which must not be transferred, so it is copied.
  const isAlone = file.bytes.byteLength === file.bytes.buffer.byteLength;
  const bytes = isAlone ? file.bytes : new Uint8Array(file.bytes);
  return { answer: { ...file, bytes }, transfer: [bytes.buffer] };
});
