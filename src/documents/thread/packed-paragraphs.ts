import { setImmediate } from 'node:timers/promises';
import type { DocumentParagraph, DocumentSegment, DocumentWord } from '../../domain/document.ts';
import type { Needs } from '../needs.ts';

/** Paragraphs for another thread. Both buffers are transferred. */
export type PackedLot = {
  /** All texts, one after the other, in UTF-16. */
  readonly text: Uint8Array<ArrayBuffer>;
  /** Lengths, counts and times in the order in which `unpackParagraphs` reads them. */
  readonly numbers: Float64Array<ArrayBuffer>;
};

/** Paragraphs per lot: packing takes a millisecond, and an unpacked lot is small. */
const perLot = 64;

/**
 * Packs paragraphs in lots, with a turn of the event loop after each. Objects would be copied to the other thread in
 * one step, and hours of speech with the times of every word are hundreds of MB; JSON takes four times as long.
 */
export async function packParagraphs(
  paragraphs: Iterable<DocumentParagraph>,
  needs: Needs,
): Promise<PackedLot[]> {
  const lots: PackedLot[] = [];
  let writer = new LotWriter(needs);
  for (const paragraph of paragraphs) {
    writer.add(paragraph);
    if (writer.size < perLot) continue;
    lots.push(writer.finish());
    writer = new LotWriter(needs);
    await setImmediate();
  }
  if (writer.size > 0) lots.push(writer.finish());
  return lots;
}

/** Returns the paragraphs; each lot is unpacked when it is reached, again in each iteration. */
export function unpackParagraphs(lots: readonly PackedLot[]): Iterable<DocumentParagraph> {
  return {
    *[Symbol.iterator]() {
      for (const lot of lots) {
        const reader = new LotReader(lot);
        while (reader.hasMore) yield reader.paragraph();
      }
    },
  };
}

/** Stands for null where a length or a probability is expected. */
const none = -1;

class LotWriter {
  readonly #needs: Needs;
  readonly #texts: string[] = [];
  readonly #numbers: number[] = [];
  size = 0;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  add({ speaker, segments, heading, isAside, translation }: DocumentParagraph): void {
    this.size++;
    this.#numbers.push(speaker === null ? none : this.#write(speaker));
    this.#numbers.push(heading === undefined ? none : this.#write(heading));
    this.#numbers.push(translation === undefined ? none : this.#write(translation));
    this.#numbers.push(isAside === true ? 1 : 0, segments.length);
    for (const segment of segments) this.#segment(segment);
  }

  finish(): PackedLot {
    // A buffer of its own: those of Node's pool cannot be transferred.
    const text = Buffer.from(this.#texts.join(''), 'utf16le');
    return { text: new Uint8Array(text), numbers: Float64Array.from(this.#numbers) };
  }

  #write(text: string): number {
    this.#texts.push(text);
    return text.length;
  }

  #segment({ start, end, text, original, words }: DocumentSegment): void {
    const sent = this.#needs.words ? words : [];
    const originalLength = this.#needs.original ? this.#write(original) : 0;
    this.#numbers.push(start, end, originalLength, this.#write(text), sent.length);
    let at = 0;
    for (const word of sent) {
      // Most words are in the text; of these only the place is written.
      const from = text.startsWith(word.text, at) ? at : text.indexOf(word.text, at);
      const length = from < 0 ? this.#write(word.text) : word.text.length;
      this.#numbers.push(from < 0 ? none : from, length, word.start, word.end, word.probability ?? none);
      if (from >= 0) at = from + length + 1;
    }
  }
}

class LotReader {
  readonly #text: string;
  readonly #numbers: Float64Array;
  #textAt = 0;
  #at = 0;

  constructor({ text, numbers }: PackedLot) {
    this.#text = Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString('utf16le');
    this.#numbers = numbers;
  }

  get hasMore(): boolean {
    return this.#at < this.#numbers.length;
  }

  paragraph(): DocumentParagraph {
    const speaker = this.#readOrNull(this.#number());
    const heading = this.#readOrNull(this.#number());
    const translation = this.#readOrNull(this.#number());
    const isAside = this.#number() === 1;
    const count = this.#number();
    const segments: DocumentSegment[] = [];
    for (let segment = 0; segment < count; segment++) segments.push(this.#segment());
    return {
      speaker,
      segments,
      ...(heading !== null && { heading }),
      ...(isAside && { isAside }),
      ...(translation !== null && { translation }),
    };
  }

  #readOrNull(length: number): string | null {
    return length === none ? null : this.#read(length);
  }

  #segment(): DocumentSegment {
    const [start, end] = [this.#number(), this.#number()];
    const original = this.#read(this.#number());
    const text = this.#read(this.#number());
    const count = this.#number();
    const words: DocumentWord[] = [];
    for (let word = 0; word < count; word++) words.push(this.#word(text));
    return { start, end, text, original, words };
  }

  #word(text: string): DocumentWord {
    const from = this.#number();
    const length = this.#number();
    const own = from === none ? this.#read(length) : text.slice(from, from + length);
    const [start, end, probability] = [this.#number(), this.#number(), this.#number()];
    return { text: own, start, end, probability: probability === none ? null : probability };
  }

  #number(): number {
    return this.#numbers[this.#at++] ?? 0;
  }

  #read(length: number): string {
    const text = this.#text.slice(this.#textAt, this.#textAt + length);
    this.#textAt += length;
    return text;
  }
}
