import type { DocumentContent, DocumentFile, DocumentFormat } from '../domain/document.ts';
import { cleanContent } from './clean-content.ts';
import { collectBytes } from './collect-bytes.ts';
import { writeDocx } from './docx/docx.ts';
import { writeEpub } from './epub/epub.ts';
import { safeFileName } from './file-name.ts';
import { writeJson } from './json.ts';
import { writeMarkdown } from './markdown.ts';
import { writeOdt } from './odt/odt.ts';
import { writePdf } from './pdf/pdf.ts';
import { remembered } from './remembered.ts';
import { writeSrt } from './subtitles/srt.ts';
import { writeVtt } from './subtitles/vtt.ts';
import { writeTxt } from './txt.ts';

/** A document format: its MIME type, and the writer that yields a file piece by piece. */
type Format = {
  readonly contentType: string;
  /** Expects cleaned content; adds the characters that no font has to `missingGlyphs`. */
  write(
    content: DocumentContent,
    missingGlyphs: Set<string>,
  ): Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
};

const writers: Record<DocumentFormat, Format> = {
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
  odt: { contentType: 'application/vnd.oasis.opendocument.text', write: writeOdt },
  epub: { contentType: 'application/epub+zip', write: writeEpub },
};

/**
 * Writes the content as a file for each format, on the current thread; what the formats share is made once.
 * `baseName` is any text; it is made a safe file name with the format's extension. Every text can be written: a
 * character that no font has is drawn as U+FFFD, is listed at the document's end and in `missingGlyphs`, and keeps its
 * code point when it is copied or searched.
 */
export async function renderDocuments(
  content: DocumentContent,
  formats: readonly DocumentFormat[],
  baseName: string,
): Promise<DocumentFile[]> {
  const cleaned = cleanContent(content);
  const shared = { ...cleaned, paragraphs: remembered(cleaned.paragraphs) };
  const name = safeFileName(baseName);
  const files: DocumentFile[] = [];
  for (const format of formats) {
    const { contentType, write } = writers[format];
    const missingGlyphs = new Set<string>();
    const bytes = await collectBytes(write(shared, missingGlyphs));
    files.push({ fileName: `${name}.${format}`, contentType, bytes, missingGlyphs: [...missingGlyphs] });
  }
  return files;
}
