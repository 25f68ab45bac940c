import type { DocumentContent, DocumentFile, DocumentFormat } from '../domain/document.ts';
import { cleanContent } from './clean-content.ts';
import { collectBytes } from './collect-bytes.ts';
import { writeDocx } from './docx/docx.ts';
import { safeFileName } from './file-name.ts';
import { writeJson } from './json.ts';
import { writeMarkdown } from './markdown.ts';
import { neededContent } from './needed-content.ts';
import { writePdf } from './pdf/pdf.ts';
import { writeSrt } from './subtitles/srt.ts';
import { writeVtt } from './subtitles/vtt.ts';
import { writeTxt } from './txt.ts';

/** A format: what its files are called by programs, and its writer, which gives them piece by piece. */
type Format = {
  readonly contentType: string;
  /** Gets cleaned content; adds to `undrawn` what no font has. */
  write(
    content: DocumentContent,
    undrawn: Set<string>,
  ): Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
};

const formats: Record<DocumentFormat, Format> = {
  txt: { contentType: 'text/plain; charset=utf-8', write: writeTxt },
  docx: {
    contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    write: writeDocx,
  },
  pdf: { contentType: 'application/pdf', write: writePdf },
  srt: { contentType: 'application/x-subrip; charset=utf-8', write: writeSrt },
  vtt: { contentType: 'text/vtt; charset=utf-8', write: writeVtt },
  md: { contentType: 'text/markdown; charset=utf-8', write: writeMarkdown },
  json: { contentType: 'application/json', write: writeJson },
};

/**
 * Writes the content as a file, on this thread. `baseName` is any text; it is made a file name and gets the format's
 * suffix. Any text at all can be written: what no font has is drawn as U+FFFD, listed at the document's end and in
 * `undrawn`, and still copied and searched as what it is.
 */
export async function renderDocument(
  content: DocumentContent,
  format: DocumentFormat,
  baseName: string,
): Promise<DocumentFile> {
  const { contentType, write } = formats[format];
  const undrawn = new Set<string>();
  const bytes = await collectBytes(write(cleanContent(neededContent(content, format)), undrawn));
  return {
    fileName: `${safeFileName(baseName)}.${format}`,
    contentType,
    bytes,
    undrawn: [...undrawn],
  };
}
