import type { Segment } from '../../domain/transcript.ts';
import { writtenSegments } from '../../domain/written-segments.ts';
import { type SegmentEvent, toSegment } from './protocol.ts';

/** Collects the segments of one chunk. Words without punctuation become sentences; other segments stay as they are. */
export class SegmentCollector {
  readonly #segments: Segment[] = [];
  /** Words that follow one another in one language and are not written yet. */
  #unwritten: { readonly language: string; readonly segments: Segment[] } | null = null;

  add(event: SegmentEvent): void {
    const language = event.unwritten ?? null;
    if (this.#unwritten !== null && this.#unwritten.language !== language) this.#write();
    if (language === null) this.#segments.push(toSegment(event));
    else {
      this.#unwritten ??= { language, segments: [] };
      this.#unwritten.segments.push(toSegment(event));
    }
  }

  segments(): Segment[] {
    this.#write();
    return this.#segments;
  }

  #write(): void {
    if (this.#unwritten === null) return;
    const { language, segments } = this.#unwritten;
    this.#segments.push(
      ...writtenSegments(
        segments.flatMap(({ words }) => words),
        language,
      ),
    );
    this.#unwritten = null;
  }
}
