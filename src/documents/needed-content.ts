import type { DocumentContent, DocumentFormat, DocumentSegment } from '../domain/document.ts';

/** Formats that show when each word was said. */
const withWordTimes: ReadonlySet<DocumentFormat> = new Set(['srt', 'vtt', 'json']);

/**
 * Returns the content without what the format does not show. Most of a long transcript is word times; copying and
 * cleaning them would take longer than writing the file.
 */
export function keepNeededContent(content: DocumentContent, format: DocumentFormat): DocumentContent {
  if (format === 'json') return content;
  const needsWords = withWordTimes.has(format) || content.look.marksLowConfidence;
  const needed = (segment: DocumentSegment): DocumentSegment =>
    needsWords ? { ...segment, original: '' } : { ...segment, original: '', words: [] };
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
