import { createHash } from 'node:crypto';
import type { DocumentContent } from '../../domain/document.ts';
import { escapeXml } from '../escape-xml.ts';
import { pageEnd, pageStart } from './page.ts';

/** A chapter that was written: its file, and its heading in the table of contents. */
export type WrittenChapter = { readonly file: string; readonly heading: string };

export const container =
  '<?xml version="1.0" encoding="utf-8"?>\n' +
  '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>' +
  '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n';

/** Returns the style sheet; the reading system chooses the fonts. */
export function styleSheet({ look }: DocumentContent): string {
  return `body { line-height: 1.8; }
h1 { font-size: 1.5em; line-height: 1.4; }
h2 { font-size: 1.2em; break-after: avoid; }
h3, .speaker { font-size: 1em; margin: 1em 0 0.2em; break-after: avoid; }
p { margin: 0 0 0.7em; text-align: ${look.isJustified ? 'justify' : 'start'}; orphans: 2; widows: 2; }
.fact { margin: 0; font-size: 0.85em; text-align: start; }
.time { font-size: 0.75em; opacity: 0.7; }
.low-confidence { text-decoration: underline dotted; }
`;
}

/** Returns the table of contents. */
export function navigation(
  content: DocumentContent,
  title: string,
  chapters: readonly WrittenChapter[],
): string {
  const items = chapters.map(({ file, heading }) => `<li><a href="${file}">${escapeXml(heading)}</a></li>\n`);
  return `${pageStart(content, title)}<nav epub:type="toc">\n<ol>\n${items.join('')}</ol>\n</nav>\n${pageEnd}`;
}

/** Returns the package document: what the book is, its files, and their order. */
export function packageDocument(
  content: DocumentContent,
  title: string,
  chapters: readonly WrittenChapter[],
): string {
  const { language, direction, source } = content;
  const modified = `${new Date(source.sentAt).toISOString().split('.')[0]}Z`;
  const accessibility: readonly (readonly [string, string])[] = [
    ['accessMode', 'textual'],
    ['accessModeSufficient', 'textual'],
    ['accessibilityFeature', 'tableOfContents'],
    ['accessibilityFeature', 'structuralNavigation'],
    ['accessibilityFeature', 'displayTransformability'],
    ['accessibilityHazard', 'none'],
  ];
  const xhtml = 'media-type="application/xhtml+xml"';
  return `<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="${language}" dir="${direction}" prefix="schema: http://schema.org/">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">${identifier(content)}</dc:identifier>
<dc:title>${escapeXml(title)}</dc:title>
<dc:language>${language}</dc:language>
<dc:date>${modified}</dc:date>
<meta property="dcterms:modified">${modified}</meta>
${accessibility.map(([name, value]) => `<meta property="schema:${name}">${value}</meta>\n`).join('')}</metadata>
<manifest>
<item id="nav" href="nav.xhtml" ${xhtml} properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
${chapters.map(({ file }, index) => `<item id="chapter-${index + 1}" href="${file}" ${xhtml}/>\n`).join('')}</manifest>
<spine page-progression-direction="${direction}">
${chapters.map((_, index) => `<itemref idref="chapter-${index + 1}"/>\n`).join('')}</spine>
</package>
`;
}

/** Returns the same identifier for the same upload, as a UUID (RFC 9562, version 8: its bits are our own). */
function identifier({ title, source }: DocumentContent): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([title, source]))
    .digest('hex');
  const variant = ((Number.parseInt(hash.charAt(16), 16) & 3) | 8).toString(16);
  const fields = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    variant + hash.slice(17, 20),
    hash.slice(20, 32),
  ];
  return `urn:uuid:${fields.join('-')}`;
}
