import type { DocumentContent } from '../../domain/document.ts';
import { packEntries, type TextEntry } from '../packed-entries.ts';
import { writeBodyXml } from './body.ts';
import { Hyperlinks } from './hyperlinks.ts';
import { createPackageEntries, type PackageEntry } from './package.ts';

const relationships = 'word/_rels/document.xml.rels';

/**
 * Yields a Word file with named styles. The `docx` library makes the package: styles, header, footer, properties.
 * The body, which may be hours long, is compressed into it paragraph by paragraph, so that memory never holds all of
 * its XML. The content must be clean (`cleanContent`).
 */
export async function* writeDocx(content: DocumentContent): AsyncGenerator<Uint8Array> {
  yield* packEntries(entriesOf(await createPackageEntries(content), content));
}

/** Yields the entries; the list of relationships comes last, because the body's links are in it. */
function* entriesOf(entries: readonly PackageEntry[], content: DocumentContent): Generator<TextEntry> {
  const hyperlinks = new Hyperlinks();
  for (const { name, before, after } of entries) {
    if (name === relationships) continue;
    yield { name, texts: after === null ? [before] : withBody(before, content, hyperlinks, after) };
  }
  const list = entries.find(({ name }) => name === relationships);
  if (list !== undefined) yield { name: relationships, texts: [hyperlinks.addTo(list.before)] };
}

function* withBody(
  before: string,
  content: DocumentContent,
  hyperlinks: Hyperlinks,
  after: string,
): Generator<string> {
  yield before;
  yield* writeBodyXml(content, hyperlinks);
  yield after;
}
