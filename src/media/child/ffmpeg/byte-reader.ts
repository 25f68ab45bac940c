import type { Readable } from 'node:stream';

/** Reads a program's output in pieces of a requested size. */
export class ByteReader {
  readonly #stream: Readable;
  #ended = false;
  #wake = () => {};

  constructor(stream: Readable) {
    this.#stream = stream;
    // The listener stays attached: without one, Node discards unread data when the program ends.
    stream.on('readable', () => this.#wake());
    for (const end of ['end', 'close', 'error']) {
      stream.once(end, () => {
        this.#ended = true;
        this.#wake();
      });
    }
  }

  /** Resolves to exactly `bytes` bytes; to fewer at the end of the output, and to null after it. */
  async read(bytes: number): Promise<Buffer | null> {
    for (;;) {
      const chunk: Buffer | null = this.#stream.read(bytes);
      if (chunk !== null) return chunk;
      if (this.#ended) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Discards the rest of the output, so that the program can end. */
  skipRest(): void {
    this.#stream.removeAllListeners('readable').resume();
  }
}
