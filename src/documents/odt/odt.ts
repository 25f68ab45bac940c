import type { DocumentContent } from '../../domain/document.ts';
import { packEntries, type TextEntry } from '../packed-entries.ts';
import { writeContentXml } from './content-xml.ts';
import { manifestXml, metaXml } from './package.ts';
import { stylesXml } from './styles-xml.ts';

/**
 * Yields an OpenDocument text (ODF 1.3) with named styles. The content must be clean (`cleanContent`).
 */
export function* writeOdt(content: DocumentContent): Generator<Uint8Array> {
  yield* packEntries(entriesOf(content));
}

function* entriesOf(content: DocumentContent): Generator<TextEntry> {
  // The type must be the first entry (ODF 1.3, part 2, 3.3).
  yield { name: 'mimetype', texts: ['application/vnd.oasis.opendocument.text'], isStored: true };
  yield { name: 'META-INF/manifest.xml', texts: [manifestXml] };
  yield { name: 'meta.xml', texts: [metaXml(content)] };
  yield { name: 'styles.xml', texts: [stylesXml(content)] };
  yield { name: 'content.xml', texts: writeContentXml(content) };
}
