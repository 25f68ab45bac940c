import { strFromU8, strToU8, unzipSync, Zip, ZipDeflate } from 'fflate';
import type { DocumentContent } from '../../domain/document.ts';
import { writeBodyXml } from './body.ts';
import { fontTable } from './font-table.ts';
import { createPackage, placeholder } from './package.ts';

/** Length of text that is compressed at a time, in UTF-16 units; each call of the compressor has a fixed cost. */
const pieceLength = 32_768;

/** Time of every entry, so that the same content makes the same file: the first that ZIP knows, on the local clock. */
const entryTime = new Date(1980, 0, 1);

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
  for (const [name, bytes] of Object.entries(unzipSync(await createPackage(content)))) {
    const entry = Object.assign(new ZipDeflate(name, { level: 6 }), { mtime: entryTime });
    zip.add(entry);
    for (const piece of inPieces(contentOf(name, bytes, content))) {
      entry.push(strToU8(piece));
      yield* written.splice(0);
    }
    entry.push(new Uint8Array(0), true);
  }
  zip.end();
  yield* written;
}

/** Yields the text of an entry; the package holds XML only. */
function* contentOf(name: string, bytes: Uint8Array, content: DocumentContent): Generator<string> {
  const xml = strFromU8(bytes);
  if (name === 'word/document.xml') yield* fill(xml, content);
  else yield name === 'word/fontTable.xml' ? fontTable(xml) : xml;
}

function* inPieces(texts: Iterable<string>): Generator<string> {
  let piece = '';
  for (const text of texts) {
    piece += text;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

/** Yields `document.xml` with the body in place of the library's placeholder paragraph. */
function* fill(xml: string, content: DocumentContent): Generator<string> {
  const start = xml.lastIndexOf('<w:p>', xml.indexOf(placeholder));
  const end = xml.indexOf('</w:p>', start) + '</w:p>'.length;
  yield xml.slice(0, start);
  yield* writeBodyXml(content);
  // The library has no right-to-left sections; the schema requires `bidi` before `docGrid`, or last.
  const section = xml.slice(end);
  const before = section.includes('<w:docGrid') ? '<w:docGrid' : '</w:sectPr>';
  yield content.direction === 'rtl' ? section.replace(before, `<w:bidi/>${before}`) : section;
}
