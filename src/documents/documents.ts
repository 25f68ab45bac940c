import type { DocumentContent, DocumentFile, DocumentFormat } from '../domain/document.ts';
import { cleanContent } from './clean-content.ts';
import { writeDocx } from './docx.ts';
import { safeFileName } from './file-name.ts';
import { writePdf } from './pdf.ts';
import { writeTxt } from './txt.ts';

/** One writer for each format; they get cleaned content. */
const writers: Record<DocumentFormat, (content: DocumentContent) => Uint8Array | Promise<Uint8Array>> = {
  txt: writeTxt,
  docx: writeDocx,
  pdf: writePdf,
};

const contentTypes: Record<DocumentFormat, string> = {
  txt: 'text/plain; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

/**
 * Writes the content as a file. `baseName` is any text; it is made a file name and gets the format's suffix. Any text
 * at all can be written; what the font of the PDF has no glyph for is drawn as a question mark, and still copied and
 * searched as what it is.
 */
export async function renderDocument(
  content: DocumentContent,
  format: DocumentFormat,
  baseName: string,
): Promise<DocumentFile> {
  return {
    fileName: `${safeFileName(baseName)}.${format}`,
    contentType: contentTypes[format],
    bytes: await writers[format](cleanContent(content)),
  };
}
