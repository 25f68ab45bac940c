import type { DocumentContent, DocumentParagraph } from '../../domain/document.ts';
import { timeOf } from '../time-of.ts';

/** A chapter: its heading (null where there is only one), its place in the order, and what is said in it. */
export type BookChapter = {
  readonly number: number;
  readonly heading: string | null;
  readonly paragraphs: Iterable<DocumentParagraph>;
};

const chapterSeconds = 600;

/**
 * Yields the chapters that the content has, or chapters of ten minutes, each with the time at which it begins as its
 * heading. The paragraphs of a chapter must be read before the next chapter is asked for.
 */
export function* chaptersOf(content: DocumentContent): Generator<BookChapter> {
  if (hasOwnHeadings(content)) {
    yield* ownChaptersOf(content);
    return;
  }
  const source = content.paragraphs[Symbol.iterator]();
  let first = nextOf(source);
  const hasHeadings = content.source.durationSeconds >= chapterSeconds;
  if (first === null) yield { number: 1, heading: null, paragraphs: [] };
  for (let number = 1; first !== null; number++) {
    const end = (Math.floor(startOf(first) / chapterSeconds) + 1) * chapterSeconds;
    function* paragraphs(): Generator<DocumentParagraph> {
      while (first !== null && (!hasHeadings || startOf(first) < end)) {
        yield first;
        first = nextOf(source);
      }
    }
    yield { number, heading: hasHeadings ? timeOf(first, content) : null, paragraphs: paragraphs() };
  }
}

/** Yields a chapter for each heading of the content. */
function* ownChaptersOf(content: DocumentContent): Generator<BookChapter> {
  const source = content.paragraphs[Symbol.iterator]();
  let first = nextOf(source);
  for (let number = 1; first !== null; number++) {
    const heading: string = first.heading ?? timeOf(first, content);
    function* paragraphs(): Generator<DocumentParagraph> {
      let isFirst = true;
      while (first !== null && (isFirst || first.heading === undefined)) {
        isFirst = false;
        yield first;
        first = nextOf(source);
      }
    }
    yield { number, heading, paragraphs: paragraphs() };
  }
}

function hasOwnHeadings({ paragraphs }: DocumentContent): boolean {
  for (const { heading } of paragraphs) if (heading !== undefined) return true;
  return false;
}

function nextOf(source: Iterator<DocumentParagraph>): DocumentParagraph | null {
  const { done, value } = source.next();
  return done === true ? null : value;
}

function startOf({ segments }: DocumentParagraph): number {
  return segments[0]?.start ?? 0;
}
