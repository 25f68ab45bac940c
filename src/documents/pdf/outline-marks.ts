import { type DocumentContent, type DocumentParagraph, speakersOf } from '../../domain/document.ts';
import { timeOf } from '../time-of.ts';

const markSeconds = 600;

/** Chooses the entries of the outline: each change of speaker or, without speakers, every ten minutes. */
export class OutlineMarks {
  readonly #content: Pick<DocumentContent, 'language' | 'look'>;
  readonly #hasSpeakers: boolean;
  #nextMark = 0;

  constructor(content: DocumentContent) {
    this.#content = content;
    this.#hasSpeakers = speakersOf(content).length > 0;
    if (!this.#hasSpeakers && endOf(content) < markSeconds) this.#nextMark = Number.POSITIVE_INFINITY;
  }

  /** Returns the outline entry for a paragraph; null for most. */
  markFor(paragraph: DocumentParagraph, previous: DocumentParagraph | null): string | null {
    if (paragraph.heading !== undefined) return paragraph.heading;
    if (paragraph.isAside) return null;
    if (this.#hasSpeakers) {
      const isNewSpeaker = paragraph.speaker !== null && paragraph.speaker !== previous?.speaker;
      return isNewSpeaker ? `${paragraph.speaker} · ${timeOf(paragraph, this.#content)}` : null;
    }
    const start = paragraph.segments[0]?.start ?? 0;
    if (start < this.#nextMark) return null;
    this.#nextMark = (Math.floor(start / markSeconds) + 1) * markSeconds;
    return timeOf(paragraph, this.#content);
  }
}

/** Returns the end of the last segment, in seconds. */
function endOf({ paragraphs }: DocumentContent): number {
  let end = 0;
  for (const { segments, isAside } of paragraphs) if (!isAside) end = segments.at(-1)?.end ?? end;
  return end;
}
