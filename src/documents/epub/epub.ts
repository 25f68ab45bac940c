import type { DocumentContent } from '../../domain/document.ts';
import { packEntries, type TextEntry } from '../packed-entries.ts';
import { titleOf } from '../title-of.ts';
import { chaptersOf } from './chapters.ts';
import { container, navigation, packageDocument, styleSheet, type WrittenChapter } from './package.ts';
import { writeChapter } from './page.ts';

/**
 * Yields an EPUB 3 book: a chapter for every ten minutes, a table of contents, and pages that are turned in the
 * direction of the language. Memory holds one chapter at a time. The content must be clean (`cleanContent`).
 */
export function* writeEpub(content: DocumentContent): Generator<Uint8Array> {
  yield* packEntries(entriesOf(content));
}

function* entriesOf(content: DocumentContent): Generator<TextEntry> {
  const title = titleOf(content);
  // The type must be the first entry (OCF 3.3, 4.2.6.2).
  yield { name: 'mimetype', texts: ['application/epub+zip'], isStored: true };
  yield { name: 'META-INF/container.xml', texts: [container] };
  yield { name: 'EPUB/style.css', texts: [styleSheet(content)] };
  const written: WrittenChapter[] = [];
  for (const chapter of chaptersOf(content)) {
    const file = `chapter-${chapter.number}.xhtml`;
    yield { name: `EPUB/${file}`, texts: writeChapter(content, chapter, title) };
    written.push({ file, heading: chapter.heading ?? title });
  }
  yield { name: 'EPUB/nav.xhtml', texts: [navigation(content, title, written)] };
  yield { name: 'EPUB/package.opf', texts: [packageDocument(content, title, written)] };
}
