import { Zip } from 'fflate';
import { ZipEntry } from './zip-entry.ts';

/** A file in a ZIP package, in pieces of text. */
export type TextEntry = {
  readonly name: string;
  readonly texts: Iterable<string>;
  /** True for the entry that says of which type the package is; it is not compressed. */
  readonly isStored?: boolean;
};

/** Length of text that is compressed at a time, in UTF-16 units; each call of the compressor has a fixed cost. */
const pieceLength = 131_072;

/**
 * Yields a ZIP package. Each entry is compressed piece by piece, so that memory never holds all of its text, and before
 * the next one is made: a list of what was written can follow what it lists.
 */
export function* packEntries(entries: Iterable<TextEntry>): Generator<Uint8Array> {
  const written: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    written.push(chunk);
  });
  for (const { name, texts, isStored } of entries) {
    const entry = new ZipEntry(name, isStored);
    zip.add(entry);
    let piece = '';
    for (const text of texts) {
      piece += text;
      if (piece.length < pieceLength) continue;
      entry.push(Buffer.from(piece), false);
      piece = '';
      yield* written.splice(0);
    }
    entry.push(Buffer.from(piece), true);
  }
  zip.end();
  yield* written;
}
