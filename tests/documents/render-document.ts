import { renderDocuments } from '../../src/documents/documents.ts';
import type { DocumentContent, DocumentFile, DocumentFormat } from '../../src/domain/document.ts';

/** Writes a document in one format, on the current thread; see `renderDocuments`. */
export async function renderDocument(
  content: DocumentContent,
  format: DocumentFormat,
  baseName: string,
): Promise<DocumentFile> {
  const [file] = await renderDocuments(content, [format], baseName);
  if (file === undefined) throw new Error('no file was written');
  return file;
}
