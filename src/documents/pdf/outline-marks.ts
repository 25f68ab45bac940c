import { type DocumentContent, type DocumentParagraph, speakersOf } from '../../domain/document.ts';
import { timeOf } from '../time-of.ts';

const markSeconds = 600;

/** What stands in the outline: each turn of a speaker; where nobody is told apart, every ten minutes. */
export class OutlineMarks {
  readonly #content: Pick<DocumentContent, 'language' | 'look'>;
  readonly #hasSpeakers: boolean;
  #nextMark = 0;

  constructor(content: DocumentContent) {
    this.#content = content;
    this.#hasSpeakers = speakersOf(content).length > 0;
    if (!this.#hasSpeakers && endOf(content) < markSeconds) this.#nextMark = Number.POSITIVE_INFINITY;
  }

  /** The line for a paragraph, null for most. */
  markFor(paragraph: DocumentParagraph, previous: DocumentParagraph | null): string | null {
    const time = timeOf(paragraph, this.#content);
    if (this.#hasSpeakers) {
      const isTurn = paragraph.speaker !== null && paragraph.speaker !== previous?.speaker;
      return isTurn ? `${paragraph.speaker} · ${time}` : null;
    }
    const start = paragraph.segments[0]?.start ?? 0;
    if (start < this.#nextMark) return null;
    this.#nextMark = (Math.floor(start / markSeconds) + 1) * markSeconds;
    return time;
  }
}

/** When the last word was said, in seconds. */
function endOf({ paragraphs }: DocumentContent): number {
  let end = 0;
  for (const { segments } of paragraphs) end = segments.at(-1)?.end ?? end;
  return end;
}
