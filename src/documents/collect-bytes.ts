/**
 * Text is encoded in portions of this many UTF-16 units, because a buffer for each short piece would be mostly
 * overhead.
 */
const portion = 65_536;

/** Joins all pieces into one byte array; strings are encoded as UTF-8. */
export async function collectBytes(
  pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const collected = new CollectedBytes();
  // `for await` takes a turn of the microtask queue for each piece.
  if (Symbol.iterator in pieces) for (const piece of pieces) collected.add(piece);
  else for await (const piece of pieces) collected.add(piece);
  return collected.finish();
}

class CollectedBytes {
  readonly #collected: Uint8Array[] = [];
  #text = '';

  add(piece: string | Uint8Array): void {
    if (typeof piece === 'string') {
      this.#text += piece;
      if (this.#text.length >= portion) this.#flush();
    } else {
      this.#flush();
      this.#collected.push(piece);
    }
  }

  finish(): Uint8Array<ArrayBuffer> {
    this.#flush();
    return Buffer.concat(this.#collected);
  }

  #flush(): void {
    if (this.#text !== '') this.#collected.push(Buffer.from(this.#text, 'utf8'));
    this.#text = '';
  }
}
