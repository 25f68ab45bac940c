import type { DocumentContent, DocumentFormat, DocumentSegment } from '../domain/document.ts';

/** Formats that tell when each word was said. */
const withWordTimes: ReadonlySet<DocumentFormat> = new Set(['srt', 'vtt', 'json']);

/**
 * The content without what a format does not show: word times are most of a long transcript, and copying and cleaning
 * them would take longer than writing the file.
 */
export function neededContent(content: DocumentContent, format: DocumentFormat): DocumentContent {
  if (format === 'json') return content;
  const needsWords = withWordTimes.has(format) || content.look.marksDoubt;
  const needed = (segment: DocumentSegment): DocumentSegment =>
    needsWords ? { ...segment, heard: '' } : { ...segment, heard: '', words: [] };
  return {
    ...content,
    paragraphs: {
      *[Symbol.iterator]() {
        for (const { speaker, segments } of content.paragraphs) {
          yield { speaker, segments: segments.map(needed) };
        }
      },
    },
  };
}
