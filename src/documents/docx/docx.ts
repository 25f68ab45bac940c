import type { DocumentContent } from '../../domain/document.ts';
import { bodyXml } from './body.ts';
import { fontTable } from './font-table.ts';
import { makePackage, placeholder } from './package.ts';
import { entryText, packEntry, readZip, writeZip } from './zip.ts';

/**
 * Yields a Word file with named styles. The `docx` library makes the package: styles, header, footer, properties.
 * The body, which may be hours long, is written into it paragraph by paragraph. The content must be clean
 * (`cleanContent`).
 */
export async function* writeDocx(content: DocumentContent): AsyncGenerator<Uint8Array> {
  const entries = readZip(await makePackage(content));
  const filled = entries.map((entry) => {
    if (entry.name === 'word/document.xml') return packEntry(entry.name, fill(entryText(entry), content));
    if (entry.name === 'word/fontTable.xml') return packEntry(entry.name, [fontTable(entryText(entry))]);
    return entry;
  });
  yield* writeZip(await Promise.all(filled));
}

/** Yields `document.xml` with the body in place of the library's placeholder paragraph. */
function* fill(xml: string, content: DocumentContent): Generator<string> {
  const start = xml.lastIndexOf('<w:p>', xml.indexOf(placeholder));
  const end = xml.indexOf('</w:p>', start) + '</w:p>'.length;
  yield xml.slice(0, start);
  yield* bodyXml(content);
  // The library has no right-to-left sections; the schema requires `bidi` before `docGrid`, or last.
  const section = xml.slice(end);
  const before = section.includes('<w:docGrid') ? '<w:docGrid' : '</w:sectPr>';
  yield content.direction === 'rtl' ? section.replace(before, `<w:bidi/>${before}`) : section;
}
