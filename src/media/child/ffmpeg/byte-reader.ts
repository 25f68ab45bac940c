import type { Readable } from 'node:stream';

/** Reads a program's output in pieces of the size that is asked for. */
export class ByteReader {
  readonly #stream: Readable;
  #ended = false;
  #wake = () => {};

  constructor(stream: Readable) {
    this.#stream = stream;
    // The listener stays: without one, Node throws away what is unread when the program ends.
    stream.on('readable', () => this.#wake());
    for (const end of ['end', 'close', 'error']) {
      stream.once(end, () => {
        this.#ended = true;
        this.#wake();
      });
    }
  }

  /** Resolves to exactly so many bytes; to fewer where the output ends before, to null when nothing is left. */
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

  /** Lets the rest of the output pass, so that the program can end. */
  skipRest(): void {
    this.#stream.removeAllListeners('readable').resume();
  }
}
