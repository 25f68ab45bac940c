import { Zip } from 'fflate';
import type { DocumentContent } from '../../domain/document.ts';
import { writeBodyXml } from './body.ts';
import { createPackageEntries } from './package.ts';
import { ZipEntry } from './zip-entry.ts';

/** Length of text that is compressed at a time, in UTF-16 units; each call of the compressor has a fixed cost. */
const pieceLength = 131_072;

/**
 * Yields a Word file with named styles. The `docx` library makes the package: styles, header, footer, properties.
 * The body, which may be hours long, is compressed into it paragraph by paragraph, so that memory never holds all of
 * its XML. The content must be clean (`cleanContent`).
 */
export async function* writeDocx(content: DocumentContent): AsyncGenerator<Uint8Array> {
  const written: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    written.push(chunk);
  });
  for (const { name, before, after } of await createPackageEntries(content)) {
    const entry = new ZipEntry(name);
    zip.add(entry);
    if (after === null) entry.push(Buffer.from(before), true);
    else {
      for (const piece of inPieces(before, writeBodyXml(content))) {
        entry.push(Buffer.from(piece), false);
        yield* written.splice(0);
      }
      entry.push(Buffer.from(after), true);
    }
  }
  zip.end();
  yield* written;
}

function* inPieces(start: string, texts: Iterable<string>): Generator<string> {
  let piece = start;
  for (const text of texts) {
    piece += text;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
