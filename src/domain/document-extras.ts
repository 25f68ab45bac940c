import type { DocumentParagraph, DocumentSegment } from './document.ts';
import { documentParagraphs } from './paragraphs.ts';
import type { Segment } from './transcript.ts';

/** What a language model made of a transcript, as its documents show it. */
export type DocumentExtras = {
  /** The title, where the upload has no name of its own; null: none. */
  readonly title: string | null;
  /** Chapters in the order of their times, in seconds. */
  readonly chapters: readonly { readonly title: string; readonly start: number }[];
  /** Sections of their own, each with a heading. */
  readonly sections: readonly DocumentSection[];
  readonly place: 'before' | 'after';
  /** Heading of the transcript, where sections stand before it. */
  readonly transcriptHeading: string;
};

/** A section of what a language model made. */
export type DocumentSection = {
  readonly heading: string;
  /** The lines, each with the moment that it rests on, in seconds; null for a line that rests on none. */
  readonly lines: readonly { readonly text: string; readonly start: number | null }[];
};

/** Returns the paragraphs of a transcript with what a language model made of it. */
export function paragraphsWithExtras(
  segments: readonly Segment[],
  write: (text: string) => string,
  { chapters, sections, place, transcriptHeading }: DocumentExtras,
): DocumentParagraph[] {
  const said = chaptersOf(segments, chapters).flatMap(({ title, segments: own }) => {
    const [first, ...others] = documentParagraphs(own, write);
    if (first === undefined) return [];
    return [title === null ? first : { ...first, heading: title }, ...others];
  });
  const asides = sections.flatMap(asidesOf);
  if (asides.length === 0) return said;
  if (place === 'after') return [...said, ...asides];
  const [first, ...others] = said;
  const headed = first && { ...first, heading: first.heading ?? transcriptHeading };
  return [...asides, ...(headed === undefined ? [] : [headed]), ...others];
}

function asidesOf({ heading, lines }: DocumentSection): DocumentParagraph[] {
  return lines.map(({ text, start }, index) => {
    const at = start ?? 0;
    const segment: DocumentSegment = { start: at, end: at, text, original: text, words: [] };
    return { speaker: null, segments: [segment], isAside: true, ...(index === 0 && { heading }) };
  });
}

/** Groups segments by chapters. What is said before the first one has no title. */
function chaptersOf(
  segments: readonly Segment[],
  chapters: DocumentExtras['chapters'],
): { title: string | null; segments: Segment[] }[] {
  const groups: { title: string | null; segments: Segment[] }[] = [{ title: null, segments: [] }];
  let next = 0;
  for (const segment of segments) {
    // A chapter that begins within a segment has its heading before that segment.
    while (next < chapters.length && (chapters[next]?.start ?? 0) < segment.end) {
      groups.push({ title: chapters[next]?.title ?? null, segments: [] });
      next += 1;
    }
    groups.at(-1)?.segments.push(segment);
  }
  return groups.filter((group) => group.segments.length > 0);
}
